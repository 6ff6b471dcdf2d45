import { refuse } from "../numeric/refuse.ts";

/** How exactly values are stored: in 32 bits each, or in half as many. */
export type Precision = "float32" | "float16";

/** What values can be written in; more can be read, see {@linkcode StoredType}. */
export const precisions: readonly Precision[] = ["float32", "float16"];

/** What is read as well: bfloat16 is the upper half of a float32. */
export type StoredType = Precision | "bfloat16";

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
    refuse(
      `store ${name} as float16`,
      "values up to 65504",
      `${values[lost]}`,
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
  type: StoredType,
): Float32Array<ArrayBuffer> {
  const count = Math.floor(bytes.length / bytesPerValue(type));
  // A copy, since the bytes may begin anywhere. Not by slice, which is a view
  // where they are Node's Buffer.
  const { buffer } = new Uint8Array(bytes);
  if (type === "float32") return new Float32Array(buffer, 0, count);
  if (type === "float16") {
    return new Float32Array(new Float16Array(buffer, 0, count));
  }
  const halves = new Uint16Array(buffer, 0, count);
  return new Float32Array(
    Uint32Array.from(halves, (bits) => bits << 16).buffer,
  );
}

/** How many bytes a value takes. */
export function bytesPerValue(type: StoredType): number {
  return type === "float32" ? 4 : 2;
}
