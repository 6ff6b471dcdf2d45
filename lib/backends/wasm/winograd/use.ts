import type { backend_util } from "@tensorflow/tfjs";
import { checkValue } from "../../../numeric/domain.ts";
import { winogradFits } from "./correlate.ts";

/** Which 3×3 convolutions take Winograd's tiles: fewer products, less exact. */
export type WinogradUse = "normalized" | "always" | "never";

const uses: readonly WinogradUse[] = ["normalized", "always", "never"];
let present: WinogradUse = "normalized";

/**
 * Says which 3×3 convolutions of stride 1 are done by Winograd's minimal filtering
 * F(4×4, 3×3), forward and in both gradients, where there are enough pixels and
 * channels to save time: a quarter of the multiplications, but less exact.
 *
 * - `"normalized"`, the default: those of `NormalizedConvolution`. Batch
 *   normalization keeps their values of one size, which is what the tiles need.
 *   All others, such as `tf.conv2d` and `tf.layers.conv2d`, are done directly.
 * - `"always"`: all of them.
 * - `"never"`: none.
 *
 * The choice holds for this thread from the next call on, and for the threads that
 * it starts from then on.
 *
 * A direct convolution is exact relative to what an output pixel sees. A tile is
 * exact only relative to the largest values of its 6×6 pixels: an outlier disturbs
 * the other outputs of its 4×4 pixels, also where their windows do not hold it,
 * but no other tile, and so no other image. For C channels, T tiles and
 * u = 2⁻²⁴, the error of an output is at most
 *
 * - 564 (C + 32) u Σ max|x| max|w| forward, the sum over channels, max|x| over the
 *   tile, max|w| over the filter's nine weights; for an input's gradient the same
 *   with the output's gradient and its channels instead of x;
 * - 803 (T + 32) u Σ max|x| max|dy| for a filter's gradient, the sum over all tiles,
 *   max|x| over a tile's 6×6 and max|dy| over its 4×4 pixels.
 *
 * These allow for the worst roundings. Those of the tests stay below 128 u times the
 * same sums: 8 millionths of the outlier times its weight. And NaN or infinity makes
 * all outputs of its tile NaN, or all nine weights' gradients, where a direct
 * convolution keeps it to what sees it. (Among the weights, or in an output's
 * gradient, it also meets the zeros around an image: 0 · NaN is NaN.)
 *
 * @throws {RangeError} If it is none of these.
 *
 * Sources: Lavin and Gray, "Fast algorithms for convolutional neural networks",
 * arXiv 1509.09308; Barabasz and others, "Error analysis and improving the accuracy
 * of Winograd convolution for deep neural networks", arXiv 1803.10986.
 *
 * @example An outlier of 1e5, and a pixel of its tile that does not see it
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { setWinograd, useBackend } from "../../../mod.ts";
 *
 * await useBackend("wasm");
 * const x = tf.buffer([1, 28, 28, 64]);
 * x.values.fill(1);
 * x.set(1e5, 0, 8, 8, 0);
 * const filter = tf.fill([3, 3, 64, 16], 1 / 64) as tf.Tensor4D;
 * const pixel = () => {
 *   const y = tf.conv2d(x.toTensor() as tf.Tensor4D, filter, 1, "same");
 *   return y.slice([0, 10, 10, 0], [1, 1, 1, 1]).dataSync()[0]!;
 * };
 * assert.equal(pixel(), 9);
 * setWinograd("always");
 * assert.ok(pixel() !== 9 && Math.abs(pixel() - 9) < 0.2);
 * setWinograd("normalized");
 * ```
 */
export function setWinograd(use: WinogradUse): void {
  checkValue("use Winograd's convolutions", "the use", use, {
    type: "choice",
    of: uses,
  });
  present = use;
}

/** The present use: "normalized", until {@linkcode setWinograd} says otherwise. */
export function winogradUse(): WinogradUse {
  return present;
}

/**
 * Whether a convolution is done in tiles.
 *
 * @param isNormalized Whether its values are of the size that normalization gives
 * them, so that no pixel of a tile is far larger than the others.
 */
export function usesWinograd(
  info: backend_util.Conv2DInfo,
  isNormalized: boolean,
): boolean {
  const wanted = present === "always" ||
    (present === "normalized" && isNormalized);
  return wanted && winogradFits(info);
}
