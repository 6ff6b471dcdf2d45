import { createBalancedSampler } from "../../digits/sampler.ts";
import { divideForRun, runSeeds } from "../../digits/run_data.ts";
import { createRandom } from "../../numeric/random.ts";
import type { Settings } from "../../training/settings/schema.ts";

/** What decides the batches of a run. */
type BatchSettings = Pick<
  Settings,
  "seed" | "classesPerBatch" | "imagesPerClass" | "leaveOut"
>;

/** The batches of a run, where they are known before it begins. */
export interface RunBatches {
  /** The images that it trains on: those for validation are not among them. */
  count: number;
  /** The next batch: where its images are among all that there are. */
  next(): number[];
}

/**
 * The batches that `train` draws with these settings, by the places of the images in
 * the training file of MNIST.
 *
 * @param labels The class of each image of that file.
 * @throws {RangeError} If a class has too few images for them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const labels = Uint8Array.from({ length: 24 }, (_, i) => i % 2);
 * const settings = { seed: 1, classesPerBatch: 2, imagesPerClass: 3 };
 * const { count, next } = runBatches(labels, settings);
 * assert.equal(count, 22);
 * assert.deepEqual(next().map((i) => labels[i]).sort(), [0, 0, 0, 1, 1, 1]);
 * ```
 */
export function runBatches(
  labels: Uint8Array,
  { seed, leaveOut, ...sizes }: BatchSettings,
): RunBatches {
  const seeds = runSeeds(seed);
  // The pixels of an image are its place, so that the division brings it along.
  const places = Uint32Array.from(labels, (_, i) => i);
  const images = new Uint8Array(places.buffer);
  const all = { images, labels, count: labels.length, height: 1, width: 4 };
  const { train } = divideForRun({ train: all, test: all }, seeds, 1, leaveOut);
  const placesOfTrain = new Uint32Array(train.images.buffer);
  const random = createRandom(seeds.batches);
  const sampler = createBalancedSampler({
    ...sizes,
    labels: train.labels,
    random,
  });
  return {
    count: train.count,
    next: () => Array.from(sampler.next().indices, (i) => placesOfTrain[i]!),
  };
}

/**
 * Rows of whole numbers as an IDX file, as MNIST's are: of 32 bits, the highest byte
 * first.
 *
 * @param rows As long as each other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const bytes = encodeIdx([[258]]);
 * assert.deepEqual([...bytes], [0, 0, 12, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 2]);
 * ```
 */
export function encodeIdx(
  rows: readonly (readonly number[])[],
): Uint8Array<ArrayBuffer> {
  const values = [rows.length, rows[0]?.length ?? 0, ...rows].flat();
  const bytes = new Uint8Array(4 + 4 * values.length);
  bytes.set([0, 0, 12, 2]);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setInt32(4 + 4 * i, value));
  return bytes;
}
