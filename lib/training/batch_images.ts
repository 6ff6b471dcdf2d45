import type * as tf from "@tensorflow/tfjs";
import {
  augmentImages,
  type Distortion,
  distortions,
} from "../digits/augment.ts";
import type { Dataset } from "../digits/dataset.ts";
import { imagesToTensor } from "../digits/images.ts";
import type { Random } from "../random.ts";
import type { Settings } from "./settings.ts";

/** How the images of a batch are distorted: see {@linkcode distortions}. */
export type Augmentation = "none" | keyof typeof distortions;

type Input = Pick<Settings, "augmentation" | "inputSize" | "binarize">;

/**
 * Makes the tensor that a network is trained on from images of a dataset,
 * distorted where the settings ask for it.
 *
 * @param random Draws the distortions; with the augmentation "none" it is left
 * alone.
 * @returns `[n, size, size, channels]`; the caller disposes it.
 * @throws {RangeError} As `imagesToTensor`, or if the augmentation is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../random.ts";
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
  { augmentation, ...input }: Input,
  random: Random,
): tf.Tensor4D {
  if (augmentation === "none") return imagesToTensor(dataset, indices, input);
  const limits: Distortion | undefined = distortions[augmentation];
  if (!limits) {
    const names = ["none", ...Object.keys(distortions)].join(", ");
    throw new RangeError(
      `Cannot train with this augmentation: expected one of ${names}, got ${augmentation}`,
    );
  }
  const distorted = augmentImages(dataset, indices, { ...limits, random });
  const all = Array.from({ length: distorted.count }, (_, i) => i);
  return imagesToTensor(distorted, all, input);
}
