import { checkShape } from "../../numeric/shape.ts";
import type * as tf from "@tensorflow/tfjs";
import { readEmbeddings } from "../embeddings/checks.ts";
import { pca } from "./pca.ts";
import { type Axes, origin } from "./t_sne_gradient.ts";

/**
 * Where t-SNE begins unless told otherwise: the {@linkcode pca} of the
 * embeddings, scaled to a deviation of 10⁻⁴ along the first axis. It is small,
 * for points far from each other hardly move; it takes no random numbers; and it
 * leads to better pictures than a random start (Kobak & Berens 2019).
 *
 * @param embeddings `[n, size]`; stays the caller's.
 * @returns All zeros where the embeddings are all equal.
 * @throws As `pca`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const [x] = startFromPca(tf.tensor2d([[3, 1], [5, 1]]), 1);
 * assert.ok(Math.abs(x[1]! - 1e-4) < 1e-10);
 * ```
 */
export function startFromPca(
  embeddings: tf.Tensor2D,
  dimensions: number,
): Axes {
  const { points, components, explainedVariance } = pca(embeddings, dimensions);
  // That variance is over n − 1; scikit-learn's deviation is over n.
  const n = embeddings.shape[0];
  const deviation = Math.sqrt(explainedVariance[0]! * (n - 1) / n);
  const scale = deviation > 0 ? 1e-4 / deviation : 0;
  const start = axesOf(points.dataSync<"float32">(), n, dimensions, scale);
  points.dispose();
  components.dispose();
  return start;
}

/**
 * Reads the start that a caller chose. The tensor stays the caller's.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If it is not of the shape `[count, dimensions]`, or a
 * value is not finite.
 */
export function readStart(
  action: string,
  start: tf.Tensor2D,
  count: number,
  dimensions: number,
): Axes {
  checkShape(action, "a start", start, [count, dimensions]);
  const { values } = readEmbeddings(action, start);
  return axesOf(values, count, dimensions, 1);
}

function axesOf(
  values: Float32Array,
  count: number,
  dimensions: number,
  scale: number,
): Axes {
  const axes = origin(count);
  values.forEach((value, at) =>
    axes[at % dimensions]![Math.floor(at / dimensions)] = scale * value
  );
  return axes;
}
