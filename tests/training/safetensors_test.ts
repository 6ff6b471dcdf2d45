import fc from "fast-check";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../lib/training/safetensors.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";

const example = {
  tensors: {
    "conv1/kernel": {
      shape: [2, 1, 3],
      data: Float32Array.of(1, 2, 3, 4, 5, 6),
    },
    scalar: { shape: [], data: Float32Array.of(-0.5) },
    none: { shape: [0, 4], data: new Float32Array() },
  },
  metadata: { settings: '{"über": 1}' },
};

/** A file with this header, whatever it says. */
function withHeader(header: unknown, values = 0): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + values);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

Deno.test("encodeSafetensors() and decodeSafetensors() are inverse", () => {
  assertEquals(decodeSafetensors(encodeSafetensors(example)), example);
  const tensor = fc.array(fc.float(), { maxLength: 20 }).map((values) => ({
    shape: [values.length],
    data: Float32Array.from(values),
  }));
  fc.assert(fc.property(
    fc.dictionary(fc.stringMatching(/^[a-z/]{1,12}$/), tensor, {
      noNullPrototype: true,
    }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), {
      noNullPrototype: true,
    }),
    (tensors, metadata) => {
      const file = { tensors, metadata };
      assertEquals(decodeSafetensors(encodeSafetensors(file)), file);
    },
  ));
});

Deno.test("encodeSafetensors() halves the values on request", () => {
  const whole = encodeSafetensors(example);
  const half = encodeSafetensors(example, "float16");
  assertEquals(whole.length - half.length, 7 * 2);
  assertEquals(decodeSafetensors(half), example);
  const large = { shape: [1], data: Float32Array.of(1e5) };
  assertThrows(
    () => encodeSafetensors({ tensors: { large }, metadata: {} }, "float16"),
    RangeError,
    "Cannot store large as float16",
  );
});

Deno.test("encodeSafetensors() aligns the values to 8 bytes", () => {
  const bytes = encodeSafetensors(example);
  assertEquals(bytes[0]! % 8, 0);
  assertEquals(bytes.length, 8 + bytes[0]! + 256 * bytes[1]! + 7 * 4);
});

Deno.test("decodeSafetensors() reads from bytes at any offset", () => {
  const bytes = encodeSafetensors(example);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  assertEquals(decodeSafetensors(shifted.subarray(3)), example);
});

Deno.test("decodeSafetensors() names the file when it is cut off anywhere", () => {
  const bytes = encodeSafetensors(example);
  for (let length = 0; length < bytes.length; length++) {
    const error = assertThrows(
      () => decodeSafetensors(bytes.subarray(0, length), "a.safetensors"),
      SyntaxError,
      "Cannot read a.safetensors: expected",
    );
    assert(error.message.includes("got"));
  }
});

Deno.test("decodeSafetensors() refuses what it cannot read", () => {
  const entry = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  const refuses = (bytes: Uint8Array, message: string) =>
    assertThrows(() => decodeSafetensors(bytes, "x"), SyntaxError, message);
  refuses(withHeader("{not json"), "a header in JSON");
  refuses(withHeader([1]), "a header that describes tensors");
  refuses(withHeader({ w: 3 }), "a header that describes tensors");
  refuses(
    withHeader({ w: { ...entry, dtype: "BF16" } }, 4),
    "type F32 or F16 for w, got BF16",
  );
  refuses(
    withHeader({ w: { ...entry, shape: [-1] } }, 4),
    "a shape and two offsets",
  );
  refuses(withHeader({ w: { ...entry, data_offsets: [0] } }, 4), "two offsets");
  refuses(
    withHeader({ w: { ...entry, shape: [2] } }, 4),
    "8 bytes for w [2], got 4",
  );
  refuses(withHeader({ w: entry }, 5), "4 bytes of values, got 5");
  refuses(
    withHeader({ w: { ...entry, dtype: "F16" } }, 4),
    "2 bytes for w [1]",
  );
});
