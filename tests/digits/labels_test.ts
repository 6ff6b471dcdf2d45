import { shown } from "../../lib/numeric/refuse.ts";
import {
  classCounts,
  drawPerClass,
  indicesByClass,
} from "../../lib/digits/classes.ts";
import { type Dataset, pairDataset } from "../../lib/digits/dataset.ts";
import { selectImages } from "../../lib/digits/select_images.ts";
import { checkLabels } from "../../lib/digits/labels.ts";
import {
  createBalancedSampler,
  restoreBalancedSampler,
} from "../../lib/digits/sampler.ts";
import { splitDataset } from "../../lib/digits/split.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { divideForRun, runSeeds } from "../../lib/digits/run_data.ts";
import { assertEquals, assertThrows } from "../assert.ts";

type Labels = ArrayLike<number>;

function datasetOf(labels: unknown): Dataset {
  return {
    images: new Uint8Array(4),
    labels: labels as Uint8Array,
    count: 4,
    height: 1,
    width: 1,
  };
}
const random = () => createRandom(1);
const batches = (labels: Labels) => ({
  labels,
  classesPerBatch: 2,
  imagesPerClass: 1,
});

/** What takes the class of each of some images. */
const functions: Record<string, (labels: Labels) => unknown> = {
  checkLabels: (labels) => checkLabels("try", labels),
  indicesByClass,
  classCounts,
  drawPerClass: (labels) => drawPerClass(labels, 1, random()),
  createBalancedSampler: (labels) =>
    createBalancedSampler({ ...batches(labels), random: random() }).next(),
  restoreBalancedSampler: (labels) =>
    restoreBalancedSampler({ seed: 1, batches: 3 }, batches(labels)),
  splitDataset: (labels) =>
    splitDataset(datasetOf(labels), { validation: 1, random: random() }),
  divideForRun: (labels) =>
    divideForRun(
      { train: datasetOf(labels), test: datasetOf(labels) },
      runSeeds(1),
      1,
    ),
  pairDataset: (labels) =>
    pairDataset(
      { shape: [4, 1, 1], data: new Uint8Array(4) },
      { shape: [4], data: labels as Uint8Array },
    ),
};

/** Lists of four labels of which the third is none. */
const refused: [Labels, unknown][] = [
  ...[0.2, NaN, Infinity, 2 ** 31, -(2 ** 31) - 1, 2 ** 53].map((
    odd,
  ): [Labels, unknown] => [[1, 0, odd, 1], odd]),
  ...["1", "", "one", null, undefined, true, [1], {}, 1n].map((
    odd,
  ): [Labels, unknown] => [[1, 0, odd, 1] as number[], odd]),
  [Float32Array.of(1, 0, 0.5, 1), 0.5],
  [Uint32Array.of(1, 0, 2 ** 31, 1), 2 ** 31],
];

for (const [name, take] of Object.entries(functions)) {
  Deno.test(`${name}() refuses labels that are no whole numbers of 32 bits`, () => {
    for (const [labels, odd] of refused) {
      assertThrows(
        () => take(labels),
        RangeError,
        `labels to be whole numbers of 32 bits, got ${shown(odd)} at 2`,
      );
    }
    for (const labels of [BigInt64Array.of(1n, 0n, 0n, 1n), ["1", "0"]]) {
      assertThrows(
        () => take(labels as unknown as Labels),
        RangeError,
        " labels",
      );
    }
    for (const labels of [null, undefined, 5, "0101", new Set([1, 2]), {}]) {
      assertThrows(
        () => take(labels as Labels),
        RangeError,
        `labels to be a list, got ${shown(labels)}`,
      );
    }
  });
}

Deno.test("createBalancedSampler() gives back labels of any whole numbers", () => {
  const labels = [-(2 ** 31), 2 ** 31 - 1, -(2 ** 31), 2 ** 31 - 1];
  const batch = createBalancedSampler({
    ...batches(labels),
    random: random(),
  }).next();
  assertEquals(
    [...batch.labels].toSorted((a, b) => a - b),
    labels.slice(0, 2),
  );
});

Deno.test("selectImages() refuses a label that a byte does not hold", () => {
  for (const odd of [0.2, 300, -1, NaN, "1", undefined, 1n]) {
    const dataset = datasetOf([0, odd, 0, 0]);
    // Only the labels of the images that are taken are looked at.
    assertEquals(selectImages(dataset, [0]).count, 1);
    assertThrows(
      () => selectImages(dataset, [0, 1]),
      RangeError,
      `Cannot take images: expected the label of image 1 to be a whole number from 0 to 255, got ${
        shown(odd)
      }`,
    );
  }
});

Deno.test("splitDataset() refuses labels that a byte does not hold, or of other images", () => {
  const split = (dataset: Dataset) => () =>
    splitDataset(dataset, { validation: 1, random: random() });
  const cases = [
    [datasetOf([0, 300, 0, 0]), "the label of image 1 to be a whole number"],
    [datasetOf([0, -1, 0, 0]), "the label of image 1 to be a whole number"],
    [datasetOf(new Uint8Array(3)), "expected 4 labels, got 3"],
    [datasetOf(new Uint8Array(5)), "expected 4 labels, got 5"],
    [
      { ...datasetOf(new Uint8Array(4)), height: 2 },
      "expected 8 bytes for 4 images of 2×1 pixels, got 4",
    ],
    [
      {
        ...datasetOf(new Uint8Array(4)),
        images: new Float32Array(4) as unknown as Uint8Array,
      },
      "expected images as bytes, a Uint8Array, got a Float32Array",
    ],
    [
      { ...datasetOf(new Uint8Array(4)), count: "4" as unknown as number },
      'expected count to be a whole number of 0 or more, got "4"',
    ],
    [null as unknown as Dataset, "expected a dataset, got null"],
  ] as const;
  for (const [dataset, message] of cases) {
    assertThrows(
      split(dataset),
      RangeError,
      `Cannot split the dataset: expected`,
    );
    assertThrows(split(dataset), RangeError, message);
  }
});

Deno.test("createBalancedSampler() refuses what it cannot draw from", () => {
  for (const random of [undefined, null, 1, Math.random, {}]) {
    assertThrows(
      () =>
        createBalancedSampler({
          ...batches([0, 1]),
          random: random as ReturnType<typeof createRandom>,
        }),
      RangeError,
      "expected random to be a stream of createRandom",
    );
  }
});
