/** How exactly values are stored: in 32 bits each, or in half as many. */
export type Precision = "float32" | "float16";

const arrays = { float32: Float32Array, float16: Float16Array } as const;

/**
 * The bytes of values in a precision, little-endian, one after the other.
 *
 * "float16" rounds to the nearest of the 2¹⁶ values of IEEE 754's binary16, of
 * two as near to the one whose last bit is 0: an error of at most a 2048th, or
 * of 2⁻²⁵ for values below 2⁻¹⁴. NaN and infinity stay what they are.
 *
 * @param name What messages call the values.
 * @returns For "float32", the values' own memory.
 * @throws {RangeError} If a finite number is too large, 65,520 or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...toBytes(Float32Array.of(1), "float16")], [0x00, 0x3c]);
 * assert.throws(() => toBytes(Float32Array.of(-7e4), "float16", "w"), {
 *   message: "Cannot store w as float16: expected values up to 65504, got -70000",
 * });
 * ```
 */
export function toBytes(
  values: Float32Array,
  precision: Precision,
  name = "values",
): Uint8Array {
  if (precision === "float32") return bytesOf(values);
  const stored = new Float16Array(values);
  const lost = stored.findIndex((value, i) =>
    Math.abs(value) === Infinity && Number.isFinite(values[i])
  );
  if (lost >= 0) {
    throw new RangeError(
      `Cannot store ${name} as float16: expected values up to 65504, got ${
        values[lost]
      }`,
    );
  }
  return bytesOf(stored);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView) {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * The values that {@linkcode toBytes} stored; those at the end that were cut
 * off are left out.
 *
 * @param bytes At any offset of their buffer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const values = Float32Array.of(0.5, -Infinity);
 * assert.deepEqual(fromBytes(toBytes(values, "float16"), "float16"), values);
 * ```
 */
export function fromBytes(
  bytes: Uint8Array,
  precision: Precision,
): Float32Array<ArrayBuffer> {
  const count = Math.floor(bytes.length / bytesPerValue(precision));
  // A copy, since the bytes may begin anywhere.
  const stored = new arrays[precision](bytes.slice().buffer, 0, count);
  return stored instanceof Float32Array ? stored : new Float32Array(stored);
}

/** How many bytes a value takes. */
export function bytesPerValue(precision: Precision): number {
  return arrays[precision].BYTES_PER_ELEMENT;
}
