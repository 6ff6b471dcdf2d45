import * as tf from "@tensorflow/tfjs";
import { buildModel, layerSeed } from "../../lib/nn2/build_model.ts";
import {
  nn2Graph,
  type Normalization,
  normalizations,
} from "../../lib/nn2/graph.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";

await tf.setBackend("cpu");

function convolution(normalization: Normalization): tf.LayersModel {
  const row = { name: "a", size: 3, stride: 1, filters: 64 };
  const nodes = nn2Graph([{ type: "convolution", ...row }], {
    imageShape: [8, 8, 16],
    embeddingSize: 4,
    normalization,
  });
  return buildModel("convolution", nodes, createRandom(0));
}

Deno.test("buildModel() draws kernels with the deviation of He, and biases 0", () => {
  const model = convolution("none");
  const [kernel, bias] = model.getWeights() as [tf.Tensor, tf.Tensor];
  tf.tidy(() => {
    const { mean, variance } = tf.moments(kernel);
    const expected = 2 / (3 * 3 * 16);
    assertAlmostEquals(variance.dataSync()[0]!, expected, 0.05 * expected);
    assertAlmostEquals(mean.dataSync()[0]!, 0, 0.03 * Math.sqrt(expected));
    assertEquals(tf.max(tf.abs(bias)).dataSync()[0], 0);
  });
  model.dispose();
});

Deno.test("buildModel() ends a convolution with a ReLU, with batch normalization too", () => {
  for (const normalization of normalizations.of) {
    const model = convolution(normalization);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const x = tf.randomNormal([2, 8, 8, 16], 0, 1, "float32", 1);
      const y = model.predict(x) as tf.Tensor;
      assertEquals(tf.min(y).dataSync()[0], 0);
      assert(tf.max(y).dataSync()[0]! > 0);
    });
    assertEquals(tf.memory().numTensors, before);
    model.dispose();
  }
});

Deno.test("buildModel() makes one layer of a convolution, with batch normalization or without", () => {
  const weights = (normalization: Normalization) => {
    const model = convolution(normalization);
    const names = model.weights.map(({ originalName }) => originalName);
    model.dispose();
    return names;
  };
  const plain = ["a/kernel", "a/bias"];
  assertEquals(weights("none"), plain);
  assertEquals(weights("lrn"), plain);
  // The trained weights come first.
  assertEquals(weights("batch"), [
    ...plain,
    "a/gamma",
    "a/beta",
    "a/moving_mean",
    "a/moving_variance",
  ]);
});

Deno.test("layerSeed() is never 0, which tfjs takes for no seed", () => {
  const lowest = { ...createRandom(0), integer: () => 0 };
  assertEquals(layerSeed(lowest), 1);
});
