import { joinBytes } from "../../files/join_bytes.ts";
import { type Precision, toBytes } from "../../files/precision.ts";
import type { StoredTensor } from "../../files/safetensors.ts";

/** The most bytes of a file of weights, as TensorFlow.js's converter has it: browsers keep such files. */
const shardBytes = 4 * 2 ** 20;

/** A tensor as `tf.io` describes it. */
export interface WeightEntry {
  name: string;
  shape: number[];
  dtype: "float32";
  /** Absent for float32. */
  quantization?: { dtype: "float16"; original_dtype: "float32" };
}

/** Weights in files, and the part of model.json that describes them. */
export interface Shards {
  manifest: [{ paths: string[]; weights: WeightEntry[] }];
  /** The files, by path. */
  files: Record<string, Uint8Array<ArrayBuffer>>;
}

/**
 * Puts weights one after the other, little-endian, and cuts them into files of at most
 * 4 MiB, in the format of TensorFlow.js's weights manifest. A tensor may begin in one
 * file and end in the next.
 *
 * @param precision That of filters and of the dense layer's matrix; what has one axis
 * remains float32. TensorFlow.js makes float32 of float16 when it loads it.
 * @throws {RangeError} If a value is too large for the precision.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const kernel = { shape: [1, 2], data: Float32Array.of(1, 2) };
 * const { manifest: [{ paths }], files } = weightShards({ kernel }, "float16");
 * assert.deepEqual(paths, ["weights-1of1.bin"]);
 * assert.deepEqual([...files[paths[0]!]!], [0x00, 0x3c, 0x00, 0x40]);
 * ```
 */
export function weightShards(
  weights: Readonly<Record<string, StoredTensor>>,
  precision: Precision,
): Shards {
  const entries: WeightEntry[] = [];
  const parts: Uint8Array[] = [];
  for (const [name, { shape, data }] of Object.entries(weights)) {
    const isHalf = precision === "float16" && shape.length > 1;
    entries.push({
      name,
      shape: [...shape],
      dtype: "float32",
      ...(isHalf &&
        { quantization: { dtype: "float16", original_dtype: "float32" } }),
    });
    parts.push(toBytes(data, isHalf ? "float16" : "float32", name));
  }
  const bytes = joinBytes(parts);
  const count = Math.ceil(bytes.length / shardBytes);
  const files = Array.from({ length: count }, (_, i) => {
    const from = i * shardBytes;
    const path = `weights-${i + 1}of${count}.bin`;
    return [path, bytes.slice(from, from + shardBytes)] as const;
  });
  const paths = files.map(([path]) => path);
  return {
    manifest: [{ paths, weights: entries }],
    files: Object.fromEntries(files),
  };
}
