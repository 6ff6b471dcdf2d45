import { checkLength } from "../../numeric/list.ts";
import {
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import { scatter2d } from "../figures/scatter/scatter_2d.ts";
import { colors, type FigureOptions } from "../figures/style.ts";

/**
 * Draws how two centroids share images: each is a point whose coordinates are its
 * squared distances to the one and to the other. On the dashed line both are equally
 * far; below it the second is nearer, above it the first.
 *
 * @param distances `[n, 2]`, squared; a tensor stays the caller's.
 * @param labels `[n]`, the classes of the images.
 * @param pair What the first and the second centroid are called.
 * @throws {RangeError} If the distances are not of two centroids, there are none, one
 * is not finite, or labels or names are not as many.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const distances = { values: Float32Array.of(0, 2, 2, 0), count: 2, size: 2 };
 * const figure = borderFigure(distances, [3, 5], [3, 5]);
 * assert.deepEqual(figure.data.map(({ name }) => name), ["3", "5", "border"]);
 * ```
 */
export function borderFigure(
  distances: EmbeddingsOrTensor,
  labels: ArrayLike<number>,
  pair: ArrayLike<number | string>,
  options: FigureOptions = {},
): Figure {
  const action = "draw the border of two classes";
  checkLength(action, "names", pair, 2);
  const points = readEmbeddings(distances, action);
  const [one, other] = Array.from(pair, String);
  const figure = scatter2d(points, labels, {
    ...optionsOf(action, options),
    xTitle: `squared distance to the centroid of ${one}`,
    yTitle: `squared distance to the centroid of ${other}`,
  });
  const end = round(points.values.reduce((a, b) => Math.max(a, b)));
  figure.data.push({
    type: "scatter",
    mode: "lines",
    name: "border",
    x: [0, end],
    y: [0, end],
    line: { color: colors.muted, width: 1, dash: "dash" },
    hoverinfo: "skip",
  });
  return figure;
}
