import fc from "fast-check";
import { classCounts } from "../../lib/digits/classes.ts";
import type { Dataset } from "../../lib/digits/dataset.ts";
import { splitDataset } from "../../lib/digits/split.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";

/** A dataset of one pixel each, whose value tells the image. */
function datasetOf(labels: number[]): Dataset {
  return {
    images: Uint8Array.from(labels, (_, i) => i),
    labels: Uint8Array.from(labels),
    count: labels.length,
    height: 1,
    width: 1,
  };
}

const labels = fc.array(fc.nat(4), { minLength: 1, maxLength: 200 });

Deno.test("splitDataset() puts every image into one part, in the old order", () => {
  fc.assert(
    fc.property(labels, fc.nat(100), fc.nat(), (labels, percent, seed) => {
      const dataset = datasetOf(labels);
      const validation = Math.floor(labels.length * percent / 100);
      const parts = splitDataset(dataset, {
        validation,
        random: createRandom(seed),
      });
      assertEquals(parts.validation.count, validation);
      for (const { images, labels: kept } of [parts.train, parts.validation]) {
        assertEquals([...images], [...images].toSorted((a, b) => a - b));
        assertEquals([...kept], [...images].map((image) => labels[image]!));
      }
      const all = [...parts.train.images, ...parts.validation.images];
      assertEquals(all.toSorted((a, b) => a - b), [...dataset.images]);
    }),
  );
});

Deno.test("splitDataset() gives each class its share to less than one image", () => {
  fc.assert(fc.property(labels, fc.nat(100), (labels, percent) => {
    const validation = Math.floor(labels.length * percent / 100);
    const parts = splitDataset(datasetOf(labels), {
      validation,
      random: createRandom(0),
    });
    const aside = classCounts(parts.validation.labels);
    for (const [label, count] of classCounts(labels)) {
      const share = validation * count / labels.length;
      assert(Math.abs((aside.get(label) ?? 0) - share) < 1);
    }
  }));
});

Deno.test("splitDataset() rounds by the largest remainder, then the lower class", () => {
  // Shares of 3 from 6 + 3 + 1: 1.8, 0.9 and 0.3. Of 5 from 3 × 3: 1.67 each.
  const shares = (labels: number[], validation: number) => [
    ...classCounts(
      splitDataset(datasetOf(labels), { validation, random: createRandom(0) })
        .validation.labels,
    ),
  ];
  assertEquals(shares([0, 0, 0, 0, 0, 0, 1, 1, 1, 2], 3), [[0, 2], [1, 1]]);
  assertEquals(shares([2, 2, 2, 1, 1, 1, 0, 0, 0], 5), [[0, 2], [1, 2], [
    2,
    1,
  ]]);
});

Deno.test("splitDataset() repeats by the seed and differs between seeds", () => {
  const dataset = datasetOf(Array.from({ length: 100 }, (_, i) => i % 2));
  const aside = (seed: number) =>
    splitDataset(dataset, { validation: 20, random: createRandom(seed) })
      .validation.images;
  assertEquals(aside(1), aside(1));
  assert(aside(1).some((image, i) => image !== aside(2)[i]));
});

Deno.test("splitDataset() refuses more images than there are, and no whole numbers", () => {
  for (const validation of [-1, 4, 1.5, NaN]) {
    assertThrows(
      () =>
        splitDataset(datasetOf([0, 0, 1]), {
          validation,
          random: createRandom(0),
        }),
      RangeError,
      `expected validation to be a whole number from 0 to 3, the images there are, got ${validation}`,
    );
  }
});
