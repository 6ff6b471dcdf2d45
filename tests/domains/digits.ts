import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { none, type Room, row } from "./row.ts";

const { createRandom } = api;
const digits = () => ({
  images: new Uint8Array(4 * 28 * 28),
  labels: Uint8Array.of(0, 0, 1, 1),
  count: 4,
  height: 28,
  width: 28,
});
const batches = () => ({
  labels: [0, 0, 1, 1],
  classesPerBatch: 2,
  imagesPerClass: 1,
});
const labelled = { ...is.labels, fixed: false };
const ofBatches = (place: number) => ({
  [`${place}.labels`]: labelled,
  [`${place}.classesPerBatch`]: is.whole({ min: 1, max: 2 }, { size: true }),
  [`${place}.imagesPerClass`]: is.whole({ min: 1, max: 2 }, { size: true }),
});
const side = { type: "integer", min: 1, max: 2 ** 24 } as const;

export const digitsRoom: Room = {
  readIdx: row(
    api.readIdx,
    () => [Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 5), "labels", 1],
    { "2": is.optional(is.whole({ min: 1, max: 255 })) },
  ),
  pairDataset: row(
    api.pairDataset,
    () => [{ shape: [2, 1, 1], data: new Uint8Array(2) }, {
      shape: [2],
      data: new Uint8Array(2),
    }],
    {
      "0.shape": is.list({ type: "integer", min: 0 }, { fixed: true }),
      "1.shape": is.list({ type: "integer", min: 0 }, { fixed: true }),
    },
  ),
  selectImages: row(api.selectImages, () => [digits(), [3, 0]], {
    "1": is.indices(4, { empty: true }),
  }),
  classCounts: row(api.classCounts, () => [[5, 3, 5]], {
    "0": { ...labelled, empty: true },
  }),
  indicesByClass: row(api.indicesByClass, () => [[5, 3, 5]], {
    "0": { ...labelled, empty: true },
  }),
  drawPerClass: row(
    api.drawPerClass,
    () => [[5, 3, 5], 1, createRandom(1)],
    {
      "0": { ...labelled, empty: true },
      "1": is.whole({ min: 1, max: 1 }, { size: true }),
      "2": is.random,
    },
  ),
  splitDataset: row(
    api.splitDataset,
    () => [digits(), { validation: 2, random: createRandom(1) }],
    {
      "1.validation": is.whole({ min: 0, max: 4 }, { size: true }),
      "1.random": is.random,
    },
  ),
  loadMnist: none,
  resizeBicubic: row(
    api.resizeBicubic,
    () => [new Float32Array(12), [2, 3, 2], [4, 5]],
    {
      "1": is.list({ type: "integer", min: 0, max: 2 ** 24 }, { fixed: true }),
      "1.0": is.whole({ min: 0 }, { size: true }),
      "1.1": is.whole(side, { size: true }),
      "1.2": is.whole(side, { size: true }),
      "2": is.list(side, { fixed: true }),
      "2.0": is.whole(side, { size: true }),
      "2.1": is.whole(side, { size: true }),
    },
  ),
  imagesToTensor: row(
    api.imagesToTensor,
    () => [digits(), [1, 0], { inputSize: 28, binarize: true }],
    {
      "1": is.indices(4, { empty: true }),
      "2.inputSize": is.optional(is.choice(28, 224)),
      "2.binarize": is.optional(is.boolean),
    },
  ),
  createBalancedSampler: row(
    api.createBalancedSampler,
    () => [{ ...batches(), random: createRandom(1) }],
    { ...ofBatches(0), "0.random": is.random },
  ),
  restoreBalancedSampler: row(
    api.restoreBalancedSampler,
    () => [{ seed: 1, batches: 2 }, batches()],
    {
      "0.seed": is.whole({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
      "0.batches": is.whole({ min: 0 }),
      ...ofBatches(1),
    },
  ),
};
