import fc from "fast-check";
import { expectedMutualInformation } from "../../../lib/evaluation/clustering/expected_mutual_information.ts";
import { createRandom, shuffle } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/clustering.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { measures, names } from "./measures.ts";

const clusterings = [
  ...golden.squared.cuts,
  ...golden.euclidean.cuts,
  ...golden.kMeans,
];

for (const name of names) {
  Deno.test(`${name}() equals scikit-learn's`, () => {
    for (const { labels, measures: expected } of clusterings) {
      const measured = measures[name](labels, golden.classes);
      assertAlmostEquals(measured, expected[name], 1e-9);
    }
  });
}

/** Two labels for each item. */
const pairs = (maxLength: number) =>
  fc.array(fc.tuple(fc.nat(4), fc.nat(3)), { minLength: 1, maxLength })
    .map((items) => ({
      clusters: items.map(([cluster]) => cluster),
      classes: items.map(([, label]) => label),
    }));

Deno.test("measures of clusters depend only on which labels are equal", () => {
  fc.assert(fc.property(pairs(30), ({ clusters, classes }) => {
    const renamed = clusters.map((label) => 7 - 3 * label);
    for (const name of names) {
      const measured = measures[name](clusters, classes);
      assert(Number.isFinite(measured) && measured < 1 + 1e-12, name);
      assertAlmostEquals(measures[name](renamed, classes), measured, 1e-12);
      const reversed = measures[name](
        clusters.toReversed(),
        classes.toReversed(),
      );
      assertAlmostEquals(reversed, measured, 1e-9);
      assertAlmostEquals(measures[name](renamed, clusters), 1, 1e-12);
    }
  }));
});

Deno.test("measures of clusters that compare both ways are symmetric", () => {
  fc.assert(fc.property(pairs(30), ({ clusters, classes }) => {
    for (
      const measure of [
        measures.adjustedMutualInformation,
        measures.normalizedMutualInformation,
        measures.adjustedRandIndex,
      ]
    ) {
      const [one, other] = [
        measure(clusters, classes),
        measure(classes, clusters),
      ];
      assertAlmostEquals(one, other, 1e-9);
    }
  }));
});

Deno.test("normalizedMutualInformation() is the harmonic mean of homogeneity and completeness", () => {
  fc.assert(fc.property(pairs(30), ({ clusters, classes }) => {
    const [h, c] = [
      measures.homogeneity(clusters, classes),
      measures.completeness(clusters, classes),
    ];
    const expected = h + c === 0 ? 0 : 2 * h * c / (h + c);
    const measured = measures.normalizedMutualInformation(clusters, classes);
    assertAlmostEquals(measured, expected, 1e-9);
  }));
});

Deno.test("homogeneity() and completeness() follow their definitions by entropies", () => {
  /** −Σ p ln p over the values of some labels. */
  const entropy = (labels: unknown[]) =>
    [...new Set(labels)].reduce<number>((sum, label) => {
      const p = labels.filter((other) => other === label).length /
        labels.length;
      return sum - p * Math.log(p);
    }, 0);
  fc.assert(fc.property(pairs(30), ({ clusters, classes }) => {
    const joint = entropy(clusters.map((label, i) => `${label} ${classes[i]}`));
    const [hClusters, hClasses] = [entropy(clusters), entropy(classes)];
    const shared = hClusters + hClasses - joint;
    assertAlmostEquals(
      measures.homogeneity(clusters, classes) * hClasses,
      shared,
      1e-9,
    );
    assertAlmostEquals(
      measures.completeness(clusters, classes) * hClusters,
      shared,
      1e-9,
    );
  }));
});

/** Every order of some items. */
function* permutations(items: number[]): Generator<number[]> {
  if (items.length < 2) yield items;
  for (let i = 0; i < items.length; i++) {
    const rest = items.toSpliced(i, 1);
    for (const order of permutations(rest)) yield [items[i]!, ...order];
  }
}

Deno.test("expectedMutualInformation() is the mean over all orders of the classes", () => {
  fc.assert(
    fc.property(pairs(6), ({ clusters, classes }) => {
      const sizes = (labels: number[]) =>
        [...new Set(labels)].map((label) =>
          labels.filter((other) => other === label).length
        );
      const total = clusters.length;
      const [clusterSizes, classSizes] = [sizes(clusters), sizes(classes)];
      const h = classSizes.reduce(
        (sum, size) => sum - size / total * Math.log(size / total),
        0,
      );
      const orders = [...permutations(classes)];
      const informations = orders.map((order) =>
        classSizes.length === 1 ? 0 : measures.homogeneity(clusters, order) * h
      );
      assertAlmostEquals(
        expectedMutualInformation({ total, clusterSizes, classSizes }),
        informations.reduce((sum, value) => sum + value) / orders.length,
        1e-12,
      );
    }),
    { numRuns: 60 },
  );
});

Deno.test("adjustedMutualInformation() and adjustedRandIndex() are about 0 by chance, others are not", () => {
  const random = createRandom(1);
  const classes = Array.from({ length: 400 }, (_, i) => i % 10);
  const clusters = shuffle(classes.map((_, i) => i % 100), random);
  assert(
    Math.abs(measures.adjustedMutualInformation(clusters, classes)) < 0.03,
  );
  assert(Math.abs(measures.adjustedRandIndex(clusters, classes)) < 0.03);
  assert(measures.normalizedMutualInformation(clusters, classes) > 0.3);
  assert(measures.purity(clusters, classes) > 0.3);
});

Deno.test("adjustedRandIndex() agrees with a count of all pairs", () => {
  fc.assert(fc.property(pairs(20), ({ clusters, classes }) => {
    const counts = { both: 0, clusters: 0, classes: 0, neither: 0 };
    clusters.forEach((cluster, i) => {
      for (let j = 0; j < i; j++) {
        const together = cluster === clusters[j];
        if (classes[i] === classes[j]) counts[together ? "both" : "classes"]++;
        else counts[together ? "clusters" : "neither"]++;
      }
    });
    const { both: tp, clusters: fp, classes: fn, neither: tn } = counts;
    const expected = fp + fn === 0 ? 1 : 2 * (tp * tn - fn * fp) /
      ((tp + fn) * (fn + tn) + (tp + fp) * (fp + tn));
    assertAlmostEquals(
      measures.adjustedRandIndex(clusters, classes),
      expected,
      1e-12,
    );
  }));
});

Deno.test("purity() counts the most frequent class of each cluster", () => {
  fc.assert(fc.property(pairs(20), ({ clusters, classes }) => {
    const right = [...new Set(clusters)].reduce((sum, cluster) => {
      const own = classes.filter((_, i) => clusters[i] === cluster);
      const counts = own.map((label) =>
        own.filter((other) => other === label).length
      );
      return sum + Math.max(...counts);
    }, 0);
    assertAlmostEquals(
      measures.purity(clusters, classes),
      right / classes.length,
    );
  }));
});

Deno.test("measures of clusters have their limits where nothing is divided", () => {
  const [one, each] = [[3, 3, 3, 3], [1, 2, 3, 4]];
  for (const name of names) {
    assertEquals(measures[name](one, one), 1);
    assertEquals(measures[name](each, each), 1);
    assertEquals(measures[name]([5], [8]), 1);
  }
  assertEquals(measures.adjustedMutualInformation(one, each), 0);
  assertEquals(measures.normalizedMutualInformation(each, one), 0);
  assertEquals(measures.adjustedRandIndex(one, each), 0);
});

Deno.test("measures of clusters refuse labels that do not fit", () => {
  for (const name of names) {
    assertThrows(
      () => measures[name]([1, 2], [1]),
      RangeError,
      "Cannot measure",
    );
    assertThrows(() => measures[name]([], []), RangeError, "got none");
    assertThrows(() => measures[name]([1, NaN], [1, 2]), RangeError, "got NaN");
    assertThrows(() => measures[name]([1, 2], [1, 0.5]), RangeError, "got 0.5");
  }
});
