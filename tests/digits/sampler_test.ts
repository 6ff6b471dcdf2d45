import fc from "fast-check";
import type { BalancedBatches } from "../../lib/digits/balanced_batches.ts";
import {
  createBalancedSampler,
  restoreBalancedSampler,
} from "../../lib/digits/sampler.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";

/** Labels whose classes are of unequal size, with a P and a K that fit. */
const batches: fc.Arbitrary<BalancedBatches> = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 30 })
  .chain((sizes) =>
    fc.record({
      labels: fc.shuffledSubarray(
        sizes.flatMap((size, label) => new Array(size).fill(11 * label - 40)),
        { minLength: sizes.reduce((a, b) => a + b) },
      ),
      classesPerBatch: fc.integer({ min: 1, max: sizes.length }),
      imagesPerClass: fc.integer({ min: 1, max: Math.min(...sizes) }),
    })
  );
const seed = fc.nat();

function create(options: BalancedBatches, seed: number) {
  return createBalancedSampler({ ...options, random: createRandom(seed) });
}

Deno.test("createBalancedSampler() gives P classes and K images of each, none twice", () => {
  fc.assert(fc.property(batches, seed, (options, seed) => {
    const { labels, classesPerBatch, imagesPerClass } = options;
    const sampler = create(options, seed);
    for (let i = 0; i < 20; i++) {
      const batch = sampler.next();
      assertEquals(batch.indices.length, classesPerBatch * imagesPerClass);
      assertEquals(new Set(batch.indices).size, batch.indices.length);
      assertEquals(new Set(batch.labels).size, classesPerBatch);
      assertEquals(
        [...batch.labels],
        [...batch.indices].map((at) => labels[at]!),
      );
      batch.labels.forEach((label, j) =>
        assertEquals(label, batch.labels[j - j % imagesPerClass])
      );
    }
  }));
});

Deno.test("createBalancedSampler() uses each image of a class before any again", () => {
  fc.assert(fc.property(batches, seed, (options, seed) => {
    const sampler = create(options, seed);
    const uses = new Map<number, Map<number, number>>();
    for (let i = 0; i < options.labels.length; i++) {
      const label = options.labels[i]!;
      if (!uses.has(label)) uses.set(label, new Map());
      uses.get(label)!.set(i, 0);
    }
    for (let i = 0; i < 30; i++) {
      const { indices, labels } = sampler.next();
      indices.forEach((index, j) => {
        const ofClass = uses.get(labels[j]!)!;
        ofClass.set(index, ofClass.get(index)! + 1);
      });
      // Within a batch a new round may begin, so counts are compared after it.
      for (const ofClass of uses.values()) {
        const counts = [...ofClass.values()];
        assert(Math.max(...counts) - Math.min(...counts) <= 1);
      }
    }
  }));
});

Deno.test("createBalancedSampler() repeats its batches by the seed", () => {
  fc.assert(fc.property(batches, seed, (options, seed) => {
    const [a, b] = [create(options, seed), create(options, seed)];
    for (let i = 0; i < 5; i++) assertEquals(a.next(), b.next());
  }));
  const labels = Array.from({ length: 100 }, (_, i) => i % 5);
  const options = { labels, classesPerBatch: 3, imagesPerClass: 4 };
  const first = (seed: number) => create(options, seed).next().indices;
  assert(first(1).some((index, i) => index !== first(2)[i]));
});

Deno.test("createBalancedSampler() draws all classes and images equally often", () => {
  const labels = Array.from({ length: 60 }, (_, i) => i % 6);
  const options = { labels, classesPerBatch: 2, imagesPerClass: 3 };
  const sampler = create(options, 1);
  const classes = new Array(6).fill(0);
  const firstOf = new Array(60).fill(0);
  for (let i = 0; i < 3000; i++) {
    const batch = sampler.next();
    classes[batch.labels[0]!]++;
    firstOf[batch.indices[0]!]++;
  }
  for (const count of classes) assert(count > 420 && count < 580);
  for (const count of firstOf) assert(count > 20 && count < 85);
});

Deno.test("createBalancedSampler() takes one number from the stream it is given", () => {
  const options = {
    labels: [0, 0, 1, 1],
    classesPerBatch: 2,
    imagesPerClass: 1,
  };
  const [used, compared] = [createRandom(3), createRandom(3)];
  const sampler = createBalancedSampler({ ...options, random: used });
  const position = used.state();
  sampler.next();
  assertEquals(used.state(), position);
  compared.integer(2 ** 32);
  assertEquals(used.state(), compared.state());
});

Deno.test("restoreBalancedSampler() goes on exactly from a state kept as JSON", () => {
  fc.assert(fc.property(batches, seed, fc.nat(30), (options, seed, count) => {
    const sampler = create(options, seed);
    for (let i = 0; i < count; i++) sampler.next();
    const state = JSON.parse(JSON.stringify(sampler.state()));
    const copy = restoreBalancedSampler(state, options);
    assertEquals(copy.state(), sampler.state());
    for (let i = 0; i < 5; i++) assertEquals(copy.next(), sampler.next());
  }));
});

Deno.test("restoreBalancedSampler() refuses what is no position", () => {
  const options = { labels: [0, 0], classesPerBatch: 1, imagesPerClass: 1 };
  for (const batches of [-1, 0.5, NaN]) {
    assertThrows(
      () => restoreBalancedSampler({ seed: 1, batches }, options),
      RangeError,
      `expected batches to be a whole number of 0 or more, got ${batches}`,
    );
  }
  assertThrows(
    () => restoreBalancedSampler({ seed: NaN, batches: 0 }, options),
    RangeError,
    "got NaN",
  );
});

Deno.test("createBalancedSampler() says which size does not fit", () => {
  const fit = {
    labels: [4, 4, 4, 7, 7],
    classesPerBatch: 2,
    imagesPerClass: 2,
  };
  create(fit, 0).next();
  const refused: [Partial<BalancedBatches>, string][] = [
    [
      { imagesPerClass: 3 },
      "at least imagesPerClass = 3 images of class 7, got 2",
    ],
    [{ classesPerBatch: 3 }, "classesPerBatch of at most 2"],
    [{ labels: [] }, "classesPerBatch of at most 0"],
    [
      { classesPerBatch: 0 },
      "classesPerBatch to be a whole number of 1 or more, got 0",
    ],
    [
      { imagesPerClass: -2 },
      "imagesPerClass to be a whole number of 1 or more, got -2",
    ],
    [{ imagesPerClass: 1.5 }, "got 1.5"],
  ];
  for (const [change, message] of refused) {
    assertThrows(() => create({ ...fit, ...change }, 0), RangeError, message);
  }
});
