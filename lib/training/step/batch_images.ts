import type * as tf from "@tensorflow/tfjs";
import { augmentImages, distortions } from "../../digits/distortion/augment.ts";
import type { Dataset } from "../../digits/dataset.ts";
import { imagesToTensor } from "../../digits/images.ts";
import type { Random } from "../../numeric/random.ts";
import { checkSettings } from "../settings/check.ts";
import type { Settings } from "../settings/schema.ts";

type Input = Pick<Settings, "augmentation" | "inputSize" | "binarize">;

/**
 * Makes the tensor that a network is trained on from images of a dataset,
 * distorted where the settings ask for it.
 *
 * @param random Draws the distortions; with the augmentation "none" it is left
 * alone.
 * @returns `[n, size, size, channels]`; the caller disposes it.
 * @throws {RangeError} As `imagesToTensor`, or if a setting has a value that it
 * may not have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const images = new Uint8Array(28 * 28).fill(255);
 * const dataset = { images, labels: images, count: 1, height: 28, width: 28 };
 * const settings = { inputSize: 28, binarize: false } as const;
 * const sums = (["none", "affine"] as const).map((augmentation) =>
 *   batchImages(dataset, [0], { ...settings, augmentation }, createRandom(1))
 *     .sum().dataSync()[0]
 * );
 * assert.equal(sums[0], 28 * 28);
 * assert.notEqual(sums[0], sums[1]);
 * ```
 */
export function batchImages(
  dataset: Dataset,
  indices: ArrayLike<number>,
  { augmentation, inputSize, binarize }: Input,
  random: Random,
): tf.Tensor4D {
  const input = { inputSize, binarize };
  checkSettings("train", { augmentation, ...input });
  if (augmentation === "none") return imagesToTensor(dataset, indices, input);
  const limits = distortions[augmentation];
  const distorted = augmentImages(dataset, indices, { ...limits, random });
  const all = Array.from({ length: distorted.count }, (_, i) => i);
  return imagesToTensor(distorted, all, input);
}
