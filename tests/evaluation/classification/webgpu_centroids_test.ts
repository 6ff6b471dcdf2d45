import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { rawPixels } from "../../../lib/evaluation/classification/baselines.ts";
import { evaluateCentroids } from "../../../lib/evaluation/classification/evaluate_centroids.ts";
import { networkEmbed } from "../../../lib/nn2/embed.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals } from "../../assert.ts";
import { deviceTest, useWebGpu } from "../../backends/webgpu/device.ts";
import { withoutSyncReads } from "../../training/no_sync_reads.ts";
import { ownNetwork } from "../../training/own_network.ts";
import { stripes } from "../embeddings/digits.ts";

const data = {
  train: stripes([2, 5, 7], 20, 1),
  test: stripes([2, 5, 7], 30, 2),
};

/** The report of a network on the present backend, and that of raw pixels. */
async function reports() {
  const model = ownNetwork();
  const options = () => ({
    ...{ imagesPerClass: 4, batchSize: 16 },
    random: createRandom(3),
  });
  const held = tf.memory().numTensors;
  const made = [
    await evaluateCentroids(networkEmbed(model), data, options()),
    await evaluateCentroids(rawPixels, data, options()),
  ];
  assertEquals(tf.memory().numTensors, held);
  model.dispose();
  return made;
}

deviceTest(
  "evaluateCentroids() finds on webgpu what it finds on wasm",
  async () => {
    await useBackend("wasm");
    const expected = await reports();
    await useWebGpu();
    await withoutSyncReads(async () => {
      const actual = await reports();
      for (
        const [i, { accuracy, predictions, distances }] of actual.entries()
      ) {
        const reference = expected[i]!;
        assertEquals(accuracy, reference.accuracy);
        assertEquals(predictions, reference.predictions);
        distances.forEach((distance, image) =>
          assert(Math.abs(distance - reference.distances[image]!) < 1e-3)
        );
      }
    });
  },
);
