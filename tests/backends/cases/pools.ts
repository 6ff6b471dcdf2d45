import * as tf from "@tensorflow/tfjs";
import { l2Pool } from "../../../lib/nn2/layers/l2_pooling.ts";
import { type Compute, normals, tensorOf } from "../against_cpu.ts";

/** A pooling to try. */
export interface Pooling {
  shape: number[];
  size: number;
  stride: number;
}

/**
 * The channels end within, at and after a vector of four; the sides end windows of
 * 3×3 at every place; NN2 has 3×3 with strides 1 and 2.
 */
export const poolings: Pooling[] = [
  [2, 7, 7, 8],
  [1, 5, 9, 3],
  [3, 1, 2, 1],
  [2, 2, 3, 13],
].flatMap((shape) =>
  ([[3, 1], [3, 2], [2, 2], [5, 2], [1, 2]] as const).map(([size, stride]) => ({
    ...{ shape, size, stride },
  }))
);

/** In words. */
export const nameOf = ({ shape, size, stride }: Pooling): string =>
  `${shape} with ${size}×${size} windows, stride ${stride}`;

/** A pooling and its gradient for rectified normal numbers. */
export function pooledAndGradient(
  pool: (x: tf.Tensor4D) => tf.Tensor,
  shape: number[],
): tf.Tensor[] {
  // Rectified, so that windows have several maxima, or zeros alone.
  const x = tf.relu(tensorOf(normals(shape, 1)));
  // Memory that was used before must not shine through.
  tf.fill([2000], 777).dispose();
  const y = pool(x as tf.Tensor4D);
  const dy = tensorOf(normals(y.shape, 2));
  tf.fill([2000], 777).dispose();
  return [y, tf.grad((x) => pool(x as tf.Tensor4D))(x, dy)];
}

/** The pools of NN2 with their gradients, of one case. */
export const poolsAndGradients = (
  { shape, size, stride }: Pooling,
): Record<"maxPool" | "l2Pool", Compute> => ({
  maxPool: () =>
    pooledAndGradient((x) => tf.maxPool(x, size, stride, "same"), shape),
  l2Pool: () => pooledAndGradient((x) => l2Pool(x, size, stride), shape),
});
