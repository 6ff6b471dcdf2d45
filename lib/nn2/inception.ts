import * as tf from "@tensorflow/tfjs";
import { ChannelConcatenation } from "./layers/concatenation.ts";
import type { Convolve } from "./convolution.ts";
import { L2Pooling } from "./layers/l2_pooling.ts";
import type { InceptionRow } from "./table.ts";

/**
 * Appends an inception module: up to four branches that see the same input,
 * their channels put one after the other in the order 1×1, 3×3, 5×5, pool.
 *
 * Layers are named after the row and the branch (`inception_3a_3x3_reduce`), the
 * joint of the branches after the row alone.
 *
 * @param input `[batch, height, width, channels]`.
 * @returns `[batch, ⌈height / stride⌉, ⌈width / stride⌉, sum of the branches]`.
 *
 * Source: Szegedy and others, "Going deeper with convolutions",
 * arXiv 1409.4842, figure 2b.
 *
 * @example A 3×3 branch of 3 filters beside the input's own 2 channels, pooled
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../numeric/random.ts";
 * import { createConvolve } from "./convolution.ts";
 *
 * await tf.setBackend("cpu");
 * const convolve = createConvolve("none", createRandom(0));
 * const input = tf.input({ shape: [7, 7, 2] });
 * const output = inception(input, {
 *   type: "inception",
 *   name: "module",
 *   "3x3": [2, 3],
 *   pool: ["max"],
 *   stride: 2,
 * }, convolve);
 * assert.deepEqual(output.shape, [null, 4, 4, 3 + 2]);
 * ```
 */
export function inception(
  input: tf.SymbolicTensor,
  row: InceptionRow,
  convolve: Convolve,
): tf.SymbolicTensor {
  const { name, stride = 1 } = row;

  const reduceThenConvolve = (
    size: number,
    [reduce, filters]: readonly [number, number],
  ) => {
    const branch = `${name}_${size}x${size}`;
    const reduced = convolve(input, {
      name: `${branch}_reduce`,
      filters: reduce,
      size: 1,
    });
    return convolve(reduced, { name: branch, filters, size, stride });
  };

  const poolThenProject = (
    [kind, projection]: NonNullable<InceptionRow["pool"]>,
  ) => {
    const pooled = pool(input, { name: `${name}_pool`, kind, stride });
    return projection === undefined ? pooled : convolve(pooled, {
      name: `${name}_pool_projection`,
      filters: projection,
      size: 1,
    });
  };

  const branches: tf.SymbolicTensor[] = [];
  if (row["1x1"]) {
    branches.push(
      convolve(input, { name: `${name}_1x1`, filters: row["1x1"], size: 1 }),
    );
  }
  branches.push(reduceThenConvolve(3, row["3x3"]));
  if (row["5x5"]) branches.push(reduceThenConvolve(5, row["5x5"]));
  if (row.pool) branches.push(poolThenProject(row.pool));

  const [first] = branches as [tf.SymbolicTensor];
  return branches.length === 1
    ? first
    : new ChannelConcatenation({ name }).apply(branches) as tf.SymbolicTensor;
}

/** A 3×3 pool of either kind with "same" padding. */
function pool(
  input: tf.SymbolicTensor,
  { name, kind, stride }: { name: string; kind: "max" | "L2"; stride: number },
): tf.SymbolicTensor {
  const layer = kind === "L2"
    ? new L2Pooling({ name, size: 3, stride })
    : tf.layers.maxPooling2d({
      name,
      poolSize: 3,
      strides: stride,
      padding: "same",
    });
  return layer.apply(input) as tf.SymbolicTensor;
}
