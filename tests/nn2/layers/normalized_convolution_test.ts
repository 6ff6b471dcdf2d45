import * as tf from "@tensorflow/tfjs";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { assertClose, wave } from "./finite_differences.ts";

await tf.setBackend("cpu");

/** The layer, and tfjs's three with the same weights. */
function pair() {
  const ours = new NormalizedConvolution({
    filters: 4,
    kernelSize: 3,
    strides: 2,
    seed: 1,
  });
  const layers = [
    tf.layers.conv2d({
      filters: 4,
      kernelSize: 3,
      strides: 2,
      padding: "same",
      inputShape: [5, 6, 2],
    }),
    tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-3 }),
    tf.layers.reLU(),
  ];
  const theirs = tf.sequential({ layers });
  tf.tidy(() => {
    ours.apply(tf.zeros([1, 5, 6, 2])); // makes the weights
    const weights = ours.weights.map(({ shape }, i) =>
      tf.add(0.8, tf.mul(wave(shape as number[], i), 0.5))
    );
    // Both keep the trained weights before the moving statistics.
    ours.setWeights(weights);
    layers[0]!.setWeights(weights.slice(0, 2));
    layers[1]!.setWeights(weights.slice(2));
  });
  return { ours, theirs };
}

Deno.test("NormalizedConvolution equals tfjs's three layers, in training and out of it", () => {
  const { ours, theirs } = pair();
  tf.tidy(() => {
    for (let step = 0; step < 3; step++) {
      const x = wave([4, 5, 6, 2], step);
      for (const training of [true, false]) {
        assertClose(
          ours.apply(x, { training }) as tf.Tensor,
          theirs.apply(x, { training }) as tf.Tensor,
        );
      }
    }
    const expected = theirs.layers.flatMap((layer) => layer.getWeights());
    ours.getWeights().forEach((weight, i) => assertClose(weight, expected[i]!));
  });
  ours.dispose();
  theirs.dispose();
});

Deno.test("NormalizedConvolution embeds as in training after 150 steps", () => {
  const layer = new NormalizedConvolution({
    filters: 3,
    kernelSize: 1,
    seed: 2,
  });
  tf.tidy(() => {
    const x = tf.add(tf.mul(wave([4, 3, 3, 2]), 3), 20);
    let trained = tf.tensor(0);
    for (let step = 0; step < 150; step++) {
      trained = layer.apply(x, { training: true }) as tf.Tensor;
    }
    assertClose(layer.apply(x) as tf.Tensor, trained, 1e-4);
  });
  layer.dispose();
});

Deno.test("NormalizedConvolution names its weights and trains four of six", () => {
  const before = tf.memory().numTensors;
  const layer = new NormalizedConvolution({
    name: "a",
    filters: 3,
    kernelSize: 5,
    seed: 1,
  });
  tf.dispose(layer.apply(tf.zeros([1, 4, 4, 2])) as tf.Tensor);
  const described = layer.weights.map(({ originalName, shape, trainable }) =>
    `${originalName} [${shape}] ${trainable}`
  );
  assertEquals(described, [
    "a/kernel [5,5,2,3] true",
    "a/bias [3] true",
    "a/gamma [3] true",
    "a/beta [3] true",
    "a/moving_mean [3] false",
    "a/moving_variance [3] false",
  ]);
  assertEquals(layer.trainableWeights.length, 4);
  layer.dispose();
  assertEquals(tf.memory().numTensors, before + 1); // the zeros above
});

Deno.test("NormalizedConvolution announces the shape that it makes", () => {
  const layer = new NormalizedConvolution({
    filters: 3,
    kernelSize: 5,
    strides: 2,
    seed: 1,
  });
  tf.tidy(() => {
    const y = layer.apply(tf.zeros([2, 7, 4, 1])) as tf.Tensor;
    assertEquals(layer.computeOutputShape([2, 7, 4, 1]), y.shape);
    assertEquals(y.shape, [2, 4, 2, 3]);
  });
  // Sizes that are not known yet.
  assertEquals(
    layer.computeOutputShape([null, null, 5, 1]),
    [null, null, 3, 3],
  );
  layer.dispose();
});

Deno.test("NormalizedConvolution refuses another number of channels", () => {
  const layer = new NormalizedConvolution({
    filters: 3,
    kernelSize: 1,
    seed: 1,
  });
  tf.tidy(() => {
    layer.apply(tf.zeros([1, 2, 2, 4]));
    assertThrows(() => layer.apply(tf.zeros([1, 2, 2, 5])), Error, "axis");
  });
  layer.dispose();
});

Deno.test("NormalizedConvolution is made again from its configuration", () => {
  const config = {
    filters: 3,
    kernelSize: 5,
    strides: 2,
    seed: 7,
    momentum: 0.8,
    epsilon: 0.01,
    inputGradient: false,
  };
  const made = new NormalizedConvolution({ ...config, name: "a" }).getConfig();
  for (const [key, value] of Object.entries(config)) {
    assertEquals(made[key], value);
  }
  assert(made.name === "a");
});
