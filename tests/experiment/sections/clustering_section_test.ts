import * as tf from "@tensorflow/tfjs";
import { clusteringSection } from "../../../lib/experiment/sections/clustering_section.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assertEquals } from "../../assert.ts";
import { madeUpMaterial } from "../measured/made_up.ts";

Deno.test("clusteringSection() finds groups that are far from each other", async () => {
  await tf.setBackend("cpu");
  const material = madeUpMaterial({ noise: 0.05 });
  const { clustering } = clusteringSection(material, createRandom(1)).json;
  const found = {
    clusters: 5,
    adjustedMutualInformation: 1,
    normalizedMutualInformation: 1,
    adjustedRandIndex: 1,
    purity: 1,
    homogeneity: 1,
    completeness: 1,
  };
  assertEquals(clustering!.images, 60);
  assertEquals(clustering!.averageLinkage, found);
  assertEquals(clustering!.kMeans, found);
});
