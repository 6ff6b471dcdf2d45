import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { refuse } from "../../numeric/refuse.ts";
import { pca } from "./pca.ts";
import { type Axes, origin } from "./t_sne_divergence.ts";

/**
 * Where t-SNE begins unless told otherwise: the {@linkcode pca} of the
 * embeddings, scaled to a deviation of 10⁻⁴ along the first axis. It is small,
 * for points far from each other hardly move; it takes no random numbers; and it
 * leads to better pictures than a random start (Kobak & Berens 2019).
 *
 * @returns All zeros where the embeddings are all equal.
 * @throws As `pca`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const values = Float32Array.of(3, 1, 5, 1);
 * const [x] = startFromPca({ values, count: 2, size: 2 }, 1);
 * assert.ok(Math.abs(x[1]! - 1e-4) < 1e-10);
 * ```
 */
export function startFromPca(
  embeddings: Embeddings,
  dimensions: number,
): Axes {
  const { points, explainedVariance } = pca(embeddings, dimensions);
  // That variance is over n − 1; scikit-learn's deviation is over n.
  const { count: n } = embeddings;
  const deviation = Math.sqrt(explainedVariance[0]! * (n - 1) / n);
  const scale = deviation > 0 ? 1e-4 / deviation : 0;
  return axesOf(points, scale);
}

/**
 * Reads the start that a caller chose.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If it is not of the shape `[count, dimensions]`, or a
 * value is not finite.
 */
export function readStart(
  action: string,
  start: EmbeddingsOrTensor,
  count: number,
  dimensions: number,
): Axes {
  const points = readEmbeddings(start, action);
  if (points.count !== count || points.size !== dimensions) {
    refuse(
      action,
      `a start of shape [${count}, ${dimensions}]`,
      `[${points.count}, ${points.size}]`,
    );
  }
  return axesOf(points, 1);
}

function axesOf({ values, count, size }: Embeddings, scale: number): Axes {
  const axes = origin(count);
  values.forEach((value, at) =>
    axes[at % size]![Math.floor(at / size)] = scale * value
  );
  return axes;
}
