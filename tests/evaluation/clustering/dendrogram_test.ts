import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { averageLinkage } from "../../../lib/evaluation/clustering/average_linkage.ts";
import {
  type Cut,
  cutDendrogram,
  type Dendrogram,
} from "../../../lib/evaluation/clustering/dendrogram.ts";
import { squaredDistances } from "../../../lib/triplets/distances/distances.ts";
import golden from "../../fixtures/clustering.json" with { type: "json" };
import { assertEquals, assertThrows } from "../../assert.ts";

await tf.setBackend("cpu");

const squared = squaredDistances(tf.tensor2d(golden.points));
const trees = {
  squared: averageLinkage(squared),
  euclidean: averageLinkage(squared.sqrt()),
};

for (
  const [name, tree, { cuts }] of [
    ["squared", trees.squared, golden.squared],
    ["euclidean", trees.euclidean, golden.euclidean],
  ] as const
) {
  Deno.test(`cutDendrogram() gives scikit-learn's clusters of ${name} distances`, () => {
    for (const { threshold, clusters, labels } of cuts) {
      assertEquals([...cutDendrogram(tree, { threshold })], labels);
      assertEquals([...cutDendrogram(tree, { clusters })], labels);
    }
  });
}

/** The same by joining points one merge after the other. */
function naiveCut({ count, first, second }: Dendrogram, merges: number) {
  const clusters = Array.from({ length: count }, (_, i) => [i]);
  for (let s = 0; s < merges; s++) {
    const joined = [first[s]!, second[s]!].flatMap((part) => clusters[part]!);
    clusters.push(joined);
    clusters[first[s]!] = clusters[second[s]!] = [];
  }
  const alive = clusters.filter((cluster) => cluster.length > 0)
    .toSorted((a, b) => Math.min(...a) - Math.min(...b));
  return Array.from(
    { length: count },
    (_, i) => alive.findIndex((cluster) => cluster.includes(i)),
  );
}

Deno.test("cutDendrogram() makes the merges up to the threshold, and no other", () => {
  const tree = trees.squared;
  fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), (clusters) => {
    const labels = cutDendrogram(tree, { clusters });
    assertEquals([...labels], naiveCut(tree, 60 - clusters));
    assertEquals(new Set(labels).size, clusters);
    // A merge at the threshold itself is made.
    const last = tree.heights[59 - clusters];
    const threshold = last ?? -1;
    assertEquals(cutDendrogram(tree, { threshold }), labels);
  }));
  assertEquals(new Set(cutDendrogram(tree, { threshold: -Infinity })).size, 60);
  assertEquals(new Set(cutDendrogram(tree, { threshold: Infinity })).size, 1);
});

Deno.test("cutDendrogram() refuses a threshold or number that cannot be", () => {
  const tree = trees.squared;
  assertThrows(
    () => cutDendrogram(tree, { threshold: NaN }),
    RangeError,
    "Cannot cut a dendrogram: expected a threshold that is a number, got NaN",
  );
  for (const clusters of [0, 61, 1.5, NaN]) {
    assertThrows(
      () => cutDendrogram(tree, { clusters }),
      RangeError,
      `expected the number of clusters to be a whole number from 1 to 60, got ${clusters}`,
    );
  }
  for (const [threshold, got] of [["2", '"2"'], [undefined, "nothing"]]) {
    assertThrows(
      () => cutDendrogram(tree, { threshold } as unknown as Cut),
      RangeError,
      `expected a threshold that is a number, got ${got}`,
    );
  }
});

Deno.test("cutDendrogram() refuses what is no dendrogram", () => {
  const tree = trees.squared;
  const refuses = (changes: Partial<Dendrogram>, message: string) => {
    for (const cut of [{ threshold: 1 }, { clusters: 2 }]) {
      assertThrows(
        () => cutDendrogram({ ...tree, ...changes }, cut),
        RangeError,
        `Cannot cut a dendrogram: expected ${message}`,
      );
    }
  };
  refuses({ count: 61 }, "60 merges of 61 points, got 59, 59, 59");
  refuses({ count: 0.5 }, "the number of points to be a whole number");
  refuses({ heights: new Float64Array(3) }, "59 merges of 60 points");
  const last = tree.heights[58]!;
  refuses(
    { heights: tree.heights.with(58, NaN) },
    `heights that do not fall, got ${tree.heights[57]} and NaN at merge 58`,
  );
  refuses(
    { heights: tree.heights.with(0, last + 1) },
    `heights that do not fall, got ${last + 1} and ${
      tree.heights[1]
    } at merge 1`,
  );
  const joins = "two clusters to join at merge";
  refuses({ first: tree.first.with(3, tree.second[3]!) }, `${joins} 3`);
  refuses({ second: tree.second.with(3, 63) }, `${joins} 3`);
  refuses({ first: tree.first.with(3, -1) }, `${joins} 3, got -1`);
  refuses({ second: tree.second.with(1, tree.second[0]!) }, `${joins} 1`);
});
