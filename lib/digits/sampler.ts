import { checkWhole } from "../numeric/domain.ts";
import {
  checkRandom,
  createRandom,
  type Random,
  shuffle,
} from "../numeric/random.ts";
import {
  type BalancedBatches,
  checkBalancedBatches,
} from "./balanced_batches.ts";
import { indicesByClass } from "./classes.ts";

/** One balanced batch, class by class. */
export interface BalancedBatch {
  /** Where the images are in the dataset, `[classes · images]`. */
  indices: Int32Array;
  /** The class of each, `[classes · images]`. */
  labels: Int32Array;
}

/** A source of balanced batches that never ends. */
export interface BalancedSampler {
  /** The next batch. */
  next(): BalancedBatch;
  /** The position, as {@linkcode restoreBalancedSampler} takes it. */
  state(): BalancedSamplerState;
}

/** The position of a sampler: plain numbers, fit for JSON. */
export interface BalancedSamplerState {
  /** The seed of the sampler's own random stream. */
  seed: number;
  /** The number of batches given so far. */
  batches: number;
}

/**
 * Makes a sampler of balanced batches: P classes and K images of each, no
 * class and no image twice in a batch. Each batch draws its classes anew, all
 * equally likely. A class gives its images in random order until all were
 * used, and then in a new order.
 *
 * P×K batches: Hermans, Beyer and Leibe, In Defense of the Triplet Loss for
 * Person Re-Identification (2017), section 2.
 *
 * @param options `random` gives one number, the seed of the sampler's own
 * stream, so that other draws from it do not change the batches.
 * @throws {RangeError} If P or K is not a whole number of 1 or more, there
 * are fewer than P classes, a class has fewer than K images, or a label is not a
 * whole number of 32 bits.
 *
 * @example Two classes with two images each
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../numeric/random.ts";
 *
 * const sampler = createBalancedSampler({
 *   labels: [0, 0, 0, 1, 1, 1, 2, 2, 2],
 *   classesPerBatch: 2,
 *   imagesPerClass: 2,
 *   random: createRandom(0),
 * });
 * const { indices, labels } = sampler.next();
 * assert.equal(new Set(indices).size, 4);
 * assert.equal(new Set(labels).size, 2);
 * assert.equal(labels[0], labels[1]);
 * ```
 */
export function createBalancedSampler(
  options: BalancedBatches & { random: Random },
): BalancedSampler {
  checkBalancedBatches(options);
  checkRandom("make balanced batches", options.random);
  const seed = options.random.integer(2 ** 32);
  return restoreBalancedSampler({ seed, batches: 0 }, options);
}

/**
 * Continues a sampler from the position that `state()` gave, with the labels
 * and sizes that it had. It draws the earlier batches again, which takes
 * seconds only after some 100,000 of them.
 *
 * @throws {RangeError} As {@linkcode createBalancedSampler}, or if the state
 * is not a seed and a whole number of batches.
 *
 * @example The copy goes on as the original does
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../numeric/random.ts";
 *
 * const batches = {
 *   labels: [0, 0, 0, 1, 1, 1],
 *   classesPerBatch: 2,
 *   imagesPerClass: 2,
 * };
 * const sampler = createBalancedSampler({ ...batches, random: createRandom(0) });
 * sampler.next();
 * const copy = restoreBalancedSampler(sampler.state(), batches);
 * assert.deepEqual(copy.next(), sampler.next());
 * ```
 */
export function restoreBalancedSampler(
  state: BalancedSamplerState,
  options: BalancedBatches,
): BalancedSampler {
  checkBalancedBatches(options);
  const { labels, classesPerBatch, imagesPerClass } = options;
  const { seed, batches: given } = Object(state) as BalancedSamplerState;
  checkWhole("restore the sampler", "batches", given, 0, Infinity);
  const byClass = indicesByClass(labels);
  const random = createRandom(seed);
  const classes = [...byClass.keys()];
  const draws = new Map(
    [...byClass].map(([label, indices]) => [label, drawFrom(indices, random)]),
  );
  let batches = 0;

  const next = () => {
    const chosen = shuffle(classes.slice(), random).slice(0, classesPerBatch);
    batches++;
    return {
      indices: Int32Array.from(
        chosen.flatMap((label) => draws.get(label)!(imagesPerClass)),
      ),
      labels: Int32Array.from(
        chosen.flatMap((label) => new Array(imagesPerClass).fill(label)),
      ),
    };
  };

  while (batches < given) next();
  return { next, state: () => ({ seed, batches }) };
}

/**
 * A function that gives the next `count` of the items, in random order, each
 * once before any comes again, and none twice in one call.
 */
function drawFrom(
  items: Int32Array,
  random: Random,
): (count: number) => number[] {
  let order: number[] = [];
  return (count) => {
    const drawn = order.splice(0, count);
    if (drawn.length < count) {
      order = shuffle([...items], random);
      // What the last round has just given waits for a later call.
      const fresh = order.filter((item) => !drawn.includes(item))
        .slice(0, count - drawn.length);
      order = order.filter((item) => !fresh.includes(item));
      drawn.push(...fresh);
    }
    return drawn;
  };
}
