import { gzipSync } from "node:zlib";
import { unpackGzip } from "../../../lib/digits/files/gzip.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const plain = Uint8Array.from({ length: 500 }, (_, i) => i * i);
const packed = new Uint8Array(gzipSync(plain));

Deno.test("unpackGzip() unpacks gzip and leaves the rest alone", () => {
  assertEquals(unpackGzip(packed), plain);
  assertEquals(unpackGzip(plain), plain);
  assertEquals(unpackGzip(new Uint8Array()), new Uint8Array());
});

Deno.test("unpackGzip() names a file that is cut off anywhere", () => {
  for (const length of [2, 9, 15, packed.length - 1]) {
    assertThrows(
      () => unpackGzip(packed.subarray(0, length), "digits.gz"),
      SyntaxError,
      "Cannot unpack gzip file digits.gz: expected a whole gzip stream",
    );
  }
});

Deno.test("unpackGzip() refuses a damaged checksum and bytes behind the end", () => {
  const damaged = packed.slice();
  damaged[packed.length - 6]! ^= 0xff;
  const longer = new Uint8Array([...packed, 1, 2, 3, 4]);
  for (const bytes of [damaged, longer]) {
    assertThrows(
      () => unpackGzip(bytes, "digits.gz"),
      SyntaxError,
      "digits.gz",
    );
  }
});
