import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { readIdx } from "../../../lib/digits/files/idx.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { idxBytes } from "../idx_bytes.ts";

const images = idxBytes(
  [2, 2, 3],
  Uint8Array.from({ length: 12 }, (_, i) => i),
);

function withMagic(bytes: Uint8Array, magic: number): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(0, magic);
  return copy;
}

Deno.test("readIdx() gives back the shape and data that were written, plain or gzip", () => {
  const array = fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }).chain(
    (shape) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const data = fc.uint8Array({ minLength: length, maxLength: length });
      return fc.record({ shape: fc.constant(shape), data });
    },
  );
  fc.assert(fc.property(array, fc.boolean(), ({ shape, data }, packed) => {
    const bytes = idxBytes(shape, data);
    assertEquals(readIdx(packed ? gzipSync(bytes) : bytes), { shape, data });
  }));
});

Deno.test("readIdx() reads from the middle of a buffer without copying", () => {
  const buffer = new Uint8Array([9, 9, 9, ...images]);
  const { shape, data } = readIdx(buffer.subarray(3));
  assertEquals(shape, [2, 2, 3]);
  assertEquals(data.buffer, buffer.buffer);
  assertEquals(data[11], 11);
});

Deno.test("readIdx() demands the number of dimensions it is told", () => {
  const labels = idxBytes([3], new Uint8Array(3));
  assertEquals(readIdx(labels, "labels", 1).shape, [3]);
  assertThrows(
    () => readIdx(labels, "train-images", 3),
    SyntaxError,
    "Cannot read IDX file train-images: expected magic 2051, got 2049",
  );
});

Deno.test("readIdx() says which element type it cannot read", () => {
  assertThrows(
    () => readIdx(withMagic(images, 0x0d03), "floats"),
    SyntaxError,
    "Cannot read IDX file floats: expected unsigned bytes (magic 2049 to 2303), got 32-bit floats (magic 3331)",
  );
});

Deno.test("readIdx() refuses a wrong magic number", () => {
  for (const magic of [0, 0x0800, 0x0703, 0x01000803, 0xffffffff, 0x89504e47]) {
    assertThrows(
      () => readIdx(withMagic(images, magic), "picture"),
      SyntaxError,
      `Cannot read IDX file picture: expected magic 2049 to 2303, got ${magic}`,
    );
  }
});

Deno.test("readIdx() refuses every truncation and says how much is missing", () => {
  for (let length = 0; length < images.length; length++) {
    assertThrows(
      () => readIdx(images.subarray(0, length), "cut"),
      SyntaxError,
      `got ${length} bytes`,
    );
  }
  assertThrows(
    () => readIdx(images.subarray(0, 20), "cut"),
    SyntaxError,
    "Cannot read IDX file cut: expected 28 bytes (shape 2×2×3), got 20 bytes: truncated",
  );
});

Deno.test("readIdx() refuses bytes behind the end", () => {
  assertThrows(
    () => readIdx(new Uint8Array([...images, 0]), "long"),
    SyntaxError,
    "expected 28 bytes (shape 2×2×3), got 29 bytes: bytes trail",
  );
});

Deno.test("readIdx() refuses a shape of more bytes than there can be", () => {
  const huge = idxBytes(
    [...new Array(40).fill(0xffffffff), 0],
    new Uint8Array(),
  );
  assertThrows(() => readIdx(huge, "huge"), SyntaxError, "huge");
});

Deno.test("readIdx() names a file whose gzip stream is broken", () => {
  assertThrows(
    () => readIdx(gzipSync(images).subarray(0, 15), "train-images"),
    SyntaxError,
    "train-images",
  );
});

Deno.test("readIdx() throws nothing but SyntaxError, whatever the bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
    try {
      readIdx(bytes);
    } catch (error) {
      assertEquals((error as Error).name, "SyntaxError");
    }
  }));
});

Deno.test("readIdx() refuses arguments that it cannot take", () => {
  for (const dimensions of [0, 256, 1.5, NaN, "3"] as number[]) {
    assertThrows(
      () => readIdx(images, "train-images", dimensions),
      RangeError,
      "Cannot read IDX file train-images: expected the number of dimensions to be a whole number from 1 to 255",
    );
  }
  for (const bytes of [images.buffer, "bytes", null] as unknown[]) {
    assertThrows(
      () => readIdx(bytes as Uint8Array, "x"),
      RangeError,
      "Cannot read IDX file x: expected its bytes in a Uint8Array, got ",
    );
  }
});
