import { checkValue, type NumberDomain } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { type Affine, setAffinePositions } from "./affine.ts";
import type { Dataset } from "../dataset.ts";
import { selectImages } from "../select_images.ts";
import { addElasticMovement } from "./elastic.ts";
import { type Positions, type Size, warpImage } from "./warp.ts";

/** How far images are distorted at most; 0 leaves that part as it is. */
export interface Distortion {
  /** Degrees to either side. */
  rotation: number;
  /** Parts of an image's side, in either direction. */
  shift: number;
  /** Parts of its size, larger or smaller, each side for itself. */
  scale: number;
  /** Parts of its height, to either side. */
  shear: number;
  /** Standard deviation of the pixels' own smooth movement, in pixels. */
  elastic: number;
}

/** Distortions that leave MNIST's digits readable, by name. */
export const distortions = {
  affine: { rotation: 10, shift: 0.07, scale: 0.1, shear: 0.1, elastic: 0 },
  elastic: { rotation: 10, shift: 0.07, scale: 0.1, shear: 0.1, elastic: 0.8 },
} as const satisfies Record<string, Distortion>;

/**
 * Copies the images at the given indices, each distorted at random as another
 * hand might have written it: turned, moved, stretched, slanted and, as if on
 * rubber, bent.
 *
 * @param options `random` draws each part anew for every image: uniformly up
 * to its limit, but for the elastic movement, which is drawn from the normal
 * distribution.
 * @returns The distorted images with their labels, in the order of the indices.
 * @throws {RangeError} If an index is not in [0, count), or a limit is not a
 * number of 0 or more, below 1 for the scale.
 *
 * Source: Simard, Steinkraus and Platt, "Best practices for convolutional
 * neural networks applied to visual document analysis" (2003), section 2.
 *
 * @example No distortion, and some
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * const dataset = {
 *   images: Uint8Array.of(0, 0, 0, 0, 90, 0, 0, 0, 0),
 *   labels: Uint8Array.of(1),
 *   count: 1,
 *   height: 3,
 *   width: 3,
 * };
 * const random = createRandom(1);
 * const none = { rotation: 0, shift: 0, scale: 0, shear: 0, elastic: 0 };
 * assert.deepEqual(augmentImages(dataset, [0], { random, ...none }), dataset);
 * const moved = augmentImages(dataset, [0], { random, ...none, shift: 0.3 });
 * assert.ok(moved.images[4]! < 90);
 * ```
 */
export function augmentImages(
  dataset: Dataset,
  indices: ArrayLike<number>,
  options: Distortion & { random: Random },
): Dataset {
  const action = "distort images";
  const { random, ...limits } = optionsOf(action, options);
  checkRandom(action, random);
  checkLimits(action, limits);
  const distorted = selectImages(dataset, indices);
  const size = dataset.height * dataset.width;
  const positions: Positions = {
    rows: new Float32Array(size),
    columns: new Float32Array(size),
  };
  for (let i = 0; i < distorted.count; i++) {
    setAffinePositions(positions, dataset, drawAffine(dataset, limits, random));
    if (limits.elastic > 0) {
      const deviation = limits.elastic;
      addElasticMovement(positions, dataset, { deviation, random });
    }
    warpImage(
      imageAt(dataset, indices[i]!),
      imageAt(distorted, i),
      dataset,
      positions,
    );
  }
  return distorted;
}

/** Shares the dataset's memory. */
function imageAt({ images, height, width }: Dataset, index: number) {
  const size = height * width;
  return images.subarray(index * size, (index + 1) * size);
}

/** The same number of draws for every image, whatever the limits. */
function drawAffine(
  { height, width }: Size,
  { rotation, shift, scale, shear }: Distortion,
  random: Random,
): Affine {
  const within = (limit: number) => limit * (2 * random.uniform() - 1);
  return {
    rotation: within(rotation * Math.PI / 180),
    shear: within(shear),
    scale: { down: 1 + within(scale), right: 1 + within(scale) },
    shift: { down: within(shift * height), right: within(shift * width) },
  };
}

const limit: NumberDomain = { type: "number", min: 0 };
const domains: Record<keyof Distortion, NumberDomain> = {
  rotation: limit,
  shift: limit,
  scale: { ...limit, below: 1 },
  shear: limit,
  elastic: limit,
};

function checkLimits(action: string, limits: Distortion): void {
  for (const [name, domain] of Object.entries(domains)) {
    checkValue(action, name, limits[name as keyof Distortion], domain);
  }
}
