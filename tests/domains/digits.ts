import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { idxBytes } from "../digits/idx_bytes.ts";
import { hold, none, type Room, row } from "./row.ts";

const { createRandom } = api;
const digits = () => ({
  images: new Uint8Array(4 * 28 * 28),
  labels: Uint8Array.of(0, 0, 1, 1),
  count: 4,
  height: 28,
  width: 28,
});
/** A folder with two images, of the classes 1 and 2, under MNIST's names. */
const mnistFolder = () => {
  const path = Deno.makeTempDirSync();
  hold({ dispose: () => Deno.removeSync(path, { recursive: true }) });
  for (const part of ["train", "t10k"]) {
    Deno.writeFileSync(
      `${path}/${part}-images-idx3-ubyte`,
      idxBytes([2, 28, 28], new Uint8Array(2 * 28 * 28)),
    );
    Deno.writeFileSync(
      `${path}/${part}-labels-idx1-ubyte`,
      idxBytes([2], Uint8Array.of(1, 2)),
    );
  }
  return path;
};
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
const shortSide = { type: "integer", min: 1, max: 4096 } as const;

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
  loadDataset: row(
    api.loadDataset,
    () => ["kmnist", { directory: mnistFolder() }],
    { "0": is.choice(...api.datasetNames) },
    { needs: ["read", "write"] },
  ),
  loadIdxDataset: row(
    api.loadIdxDataset,
    () => {
      const folder = mnistFolder();
      return [{
        images: `${folder}/t10k-images-idx3-ubyte`,
        labels: `${folder}/t10k-labels-idx1-ubyte`,
        transposed: true,
        firstLabel: 1,
        classCount: 3,
        scaleTo: 14,
      }];
    },
    {
      "0.transposed": is.optional(is.boolean),
      "0.firstLabel": is.optional(is.whole({ min: 0, max: 255 })),
      "0.classCount": is.optional(is.whole({ min: 1, max: 256 })),
      "0.scaleTo": is.optional(is.whole({ min: 1, max: 4096 })),
    },
    { needs: ["read", "write"] },
  ),
  drawStrokes: row(
    api.drawStrokes,
    () => [[[[0.1, 0.2], [0.8, 0.9]]], { width: 0.1 }],
    {
      "0.0.0": is.list({ min: 0, max: 1 }, { fixed: true }),
      "1.width": is.optional(is.number({ above: 0, max: 0.5 })),
    },
  ),
  inkOfPhotograph: row(
    api.inkOfPhotograph,
    () => [{
      pixels: new Uint8Array(400).fill(200).fill(20, 90, 130),
      height: 20,
      width: 20,
    }],
    {
      "0.height": is.whole({ min: 20, max: 20 }),
      "0.width": is.whole({ min: 20, max: 20 }),
    },
  ),
  enroll: none,
  enrolledImages: none,
  loadEnrolled: none,
  saveEnrolled: none,
  centerAsMnist: row(
    api.centerAsMnist,
    () => {
      const pixels = new Uint8Array(9);
      pixels[4] = 255;
      return [{ pixels, height: 3, width: 3 }, { background: 3 }];
    },
    {
      "0.height": is.whole({ min: 3, max: 3 }, { size: true }),
      "0.width": is.whole({ min: 3, max: 3 }, { size: true }),
      "1.background": is.optional(is.whole({ min: 0, max: 254 })),
    },
  ),
  makeLetters: row(
    api.makeLetters,
    () => [{ imagesPerClass: 2, letters: ["X"], random: createRandom(1) }],
    {
      "0.imagesPerClass": is.whole({ min: 1 }, { size: true }),
      "0.random": is.random,
    },
  ),
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
  compressAsJpeg: row(
    api.compressAsJpeg,
    () => [new Uint8Array(12), [2, 3, 2], 50],
    {
      "1": is.list({ type: "integer", min: 0, max: 4096 }, { fixed: true }),
      "1.0": is.whole({ min: 0 }, { size: true }),
      "1.1": is.whole(shortSide, { size: true }),
      "1.2": is.whole(shortSide, { size: true }),
      "2": is.whole({ min: 1, max: 100 }),
    },
  ),
  jpegSteps: row(api.jpegSteps, () => [50], {
    "0": is.whole({ min: 1, max: 100 }),
  }),
  reducePixels: row(
    api.reducePixels,
    () => [new Uint8Array(12), [2, 3, 2], 4],
    {
      "1": is.list({ type: "integer", min: 0, max: 4096 }, { fixed: true }),
      "1.0": is.whole({ min: 0 }, { size: true }),
      "1.1": is.whole(shortSide, { size: true }),
      "1.2": is.whole(shortSide, { size: true }),
      "2": is.whole(shortSide, { size: true }),
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
