import { optionsOf } from "../numeric/options.ts";
import { checkWhole } from "../numeric/domain.ts";
import { checkRandom, type Random, shuffle } from "../numeric/random.ts";
import { indicesByClass } from "./classes.ts";
import { checkDataset, type Dataset } from "./dataset.ts";
import { selectImages } from "./select_images.ts";

/** The size of the validation part, and the chance that fills it. */
export interface SplitOptions {
  /** The number of images to set aside for validation. */
  validation: number;
  /** Decides which images of each class are set aside. */
  random: Random;
}

/**
 * Sets a part of a dataset aside for validation, stratified: every class
 * gives the share that it has in the whole, so both parts are as mixed as the
 * whole. Shares that are not whole are rounded by the largest remainder, and
 * of equal remainders the lower class gives one image more. Both parts are
 * copies and keep the order of the whole.
 *
 * @throws {RangeError} If `validation` is not a whole number in [0, count], or the
 * dataset has not an image and a label, a whole number, for each of its count.
 *
 * @example A quarter of each class
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../numeric/random.ts";
 *
 * const dataset = {
 *   images: new Uint8Array(8),
 *   labels: new Uint8Array([0, 0, 0, 0, 1, 1, 1, 1]),
 *   count: 8,
 *   height: 1,
 *   width: 1,
 * };
 * const { train, validation } = splitDataset(dataset, {
 *   validation: 2,
 *   random: createRandom(0),
 * });
 * assert.equal(train.count, 6);
 * assert.deepEqual([...validation.labels], [0, 1]);
 * ```
 */
export function splitDataset(
  dataset: Dataset,
  options: SplitOptions,
): { train: Dataset; validation: Dataset } {
  const action = "split the dataset";
  checkDataset(action, dataset);
  const { validation, random } = optionsOf(action, options);
  const { count } = dataset;
  checkWhole(
    action,
    "validation",
    validation,
    0,
    count,
    "the images there are",
  );
  checkRandom(action, random);
  const classes = [...indicesByClass(dataset.labels).values()];
  const shares = divide(validation, classes.map(({ length }) => length));
  const aside = new Set<number>();
  classes.forEach((indices, i) => {
    for (const index of shuffle(indices, random).subarray(0, shares[i])) {
      aside.add(index);
    }
  });
  const all = Array.from({ length: count }, (_, i) => i);
  return {
    train: selectImages(dataset, all.filter((i) => !aside.has(i))),
    validation: selectImages(dataset, all.filter((i) => aside.has(i))),
  };
}

/** Divides `total` in proportion to the sizes, by the largest remainder. */
function divide(total: number, sizes: number[]): number[] {
  const whole = Math.max(1, sizes.reduce((sum, size) => sum + size, 0));
  const shares = sizes.map((size) => Math.floor(total * size / whole));
  const left = total - shares.reduce((sum, share) => sum + share, 0);
  // Remainders stay whole numbers, so equal ones compare as equal.
  const order = sizes.map((size, i) => ({ i, remainder: total * size % whole }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of order.slice(0, left)) shares[i]!++;
  return shares;
}
