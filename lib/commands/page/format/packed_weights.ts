import { fromInt8, toInt8 } from "../../../files/int8.ts";
import { fromBytes, toBytes } from "../../../files/precision.ts";
import type { StoredTensor } from "../../../files/safetensors.ts";
import type { PackedTensor } from "./packed.ts";
import type { PagePrecision } from "./page_data.ts";

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** The name of the scales of a tensor in 8 bits. */
const scalesOf = (name: string) => `${name}/scales`;

/**
 * Weights as a page holds them: filters in the precision, with a float32 scale for
 * each channel where that is int8, and biases in float32.
 *
 * @throws {RangeError} If a value is too large for float16.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const weights = { "a/kernel": { shape: [2, 1], data: Float32Array.of(0.5, -1) } };
 * const packed = packWeights(weights, "int8");
 * assert.deepEqual(packed.map(({ name }) => name), ["a/kernel", "a/kernel/scales"]);
 * const all = new Map(packed.map((tensor) => [tensor.name, tensor]));
 * const { data } = unpackWeight(all, "a/kernel");
 * assert.ok(Math.abs(data[0]! - 0.5) < 0.005);
 * ```
 */
export function packWeights(
  weights: Readonly<Record<string, StoredTensor>>,
  precision: PagePrecision,
): PackedTensor[] {
  return Object.entries(weights).flatMap(([name, { shape, data }]) => {
    if (!name.endsWith("/kernel")) return [packFloats(name, shape, data)];
    if (precision === "float16") return [packHalves(name, shape, data)];
    const { data: whole, scales } = toInt8({ shape, data });
    return [
      { name, type: "int8", shape, bytes: bytesOf(whole) },
      packFloats(scalesOf(name), [scales.length], scales),
    ];
  });
}

/** Values in 32 bits each. */
export function packFloats(
  name: string,
  shape: readonly number[],
  data: Float32Array,
): PackedTensor {
  return { name, type: "float32", shape, bytes: toBytes(data, "float32") };
}

/** Values in 16 bits each. */
export function packHalves(
  name: string,
  shape: readonly number[],
  data: Float32Array,
): PackedTensor {
  const bytes = toBytes(data, "float16", name);
  return { name, type: "float16", shape, bytes };
}

/**
 * The values of a tensor as float32.
 *
 * @throws {Error} If there is none of this name, which no page lacks.
 */
export function unpackWeight(
  tensors: ReadonlyMap<string, PackedTensor>,
  name: string,
): StoredTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`Cannot read ${name}: the page has none`);
  const { type, bytes } = tensor;
  const shape = [...tensor.shape];
  if (type === "float16" || type === "float32") {
    return { shape, data: fromBytes(bytes, type) };
  }
  if (type === "uint8") return { shape, data: Float32Array.from(bytes) };
  const { data: scales } = unpackWeight(tensors, scalesOf(name));
  const whole = new Int8Array(bytes.slice().buffer);
  return fromInt8({ shape, data: whole, scales: new Float32Array(scales) });
}
