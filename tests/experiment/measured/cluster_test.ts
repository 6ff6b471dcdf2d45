import * as tf from "@tensorflow/tfjs";
import {
  linkage,
  scoreCuts,
} from "../../../lib/experiment/measured/cluster.ts";
import { cutDendrogram } from "../../../lib/evaluation/clustering/dendrogram.ts";
import { adjustedMutualInformation } from "../../../lib/evaluation/clustering/mutual_information.ts";
import { assert, assertEquals } from "../../assert.ts";
import { ofRows } from "../../evaluation/embeddings/rows.ts";
import { madeUpMaterial } from "./made_up.ts";

Deno.test("scoreCuts() gives thresholds that cut into as many clusters", async () => {
  await tf.setBackend("cpu");
  const { test } = madeUpMaterial({ perClass: 14, noise: 0.4 });
  const dendrogram = linkage(test.embeddings);
  const cuts = scoreCuts(dendrogram, test.labels);
  assertEquals(cuts.length, 60);
  for (const [i, { threshold, clusters, score }] of cuts.entries()) {
    assertEquals(clusters, i + 1);
    const cut = cutDendrogram(dendrogram, { threshold });
    assertEquals(new Set(cut).size, clusters);
    assertEquals(score, adjustedMutualInformation(cut, test.labels));
    if (i > 0) assert(threshold < cuts[i - 1]!.threshold);
  }
});

Deno.test("scoreCuts() goes up to one cluster for each of a few points", async () => {
  await tf.setBackend("cpu");
  const cuts = scoreCuts(linkage(ofRows([[0], [1], [5]])), [1, 1, 2]);
  assertEquals(cuts.map(({ clusters }) => clusters), [1, 2, 3]);
  assertEquals(
    cuts.map(({ threshold }) => threshold),
    [20.5, (1 + 20.5) / 2, 0.5],
  );
});
