import * as tf from "@tensorflow/tfjs";
import { BatchNormalization } from "../../lib/nn2/batch_normalization.ts";
import { assert, assertEquals } from "../assert.ts";
import { assertClose, wave } from "./finite_differences.ts";

await tf.setBackend("cpu");

/** Ours and tfjs's, with the same weights. */
function pair() {
  const config = { momentum: 0.9, epsilon: 1e-3 };
  const layers = [
    new BatchNormalization(config),
    tf.layers.batchNormalization(config),
  ] as const;
  for (const layer of layers) {
    tf.tidy(() => {
      layer.apply(tf.zeros([1, 3, 3, 2])); // makes the weights
      layer.setWeights([
        tf.tensor1d([1.2, 0.7]),
        tf.tensor1d([0.3, -0.2]),
        tf.tensor1d([0.5, -0.5]),
        tf.tensor1d([2, 0.6]),
      ]);
    });
  }
  return layers;
}

Deno.test("BatchNormalization equals tfjs's in training, moving statistics too", () => {
  const [ours, theirs] = pair();
  tf.tidy(() => {
    for (let step = 0; step < 3; step++) {
      const x = wave([4, 3, 3, 2], step);
      const [y, expected] = [ours, theirs].map((layer) =>
        layer.apply(x, { training: true }) as tf.Tensor
      );
      assertClose(y!, expected!);
    }
    const expected = theirs.getWeights();
    ours.getWeights().forEach((weight, i) => assertClose(weight, expected[i]!));
  });
  ours.dispose();
  theirs.dispose();
});

Deno.test("BatchNormalization equals tfjs's outside training, and changes nothing", () => {
  const [ours, theirs] = pair();
  tf.tidy(() => {
    const x = wave([4, 3, 3, 2]);
    const before = ours.getWeights().map((weight) => [...weight.dataSync()]);
    assertClose(ours.apply(x) as tf.Tensor, theirs.apply(x) as tf.Tensor);
    assertEquals(
      ours.getWeights().map((weight) => [...weight.dataSync()]),
      before,
    );
  });
  ours.dispose();
  theirs.dispose();
});

Deno.test("BatchNormalization cuts at 0 with the activation relu, both ways", () => {
  const layer = new BatchNormalization({ activation: "relu" });
  tf.tidy(() => {
    const x = wave([4, 3, 3, 2]);
    for (const training of [true, false]) {
      const y = layer.apply(x, { training }) as tf.Tensor;
      assertEquals(tf.min(y).dataSync()[0], 0);
    }
  });
  layer.dispose();
});

Deno.test("BatchNormalization embeds as in training after 150 steps", () => {
  const layer = new BatchNormalization({});
  tf.tidy(() => {
    const x = tf.add(tf.mul(wave([4, 3, 3, 2]), 3), 20);
    const trained = tf.tidy(() => {
      let y: tf.Tensor | undefined;
      for (let step = 0; step < 150; step++) {
        y = tf.tidy(() => layer.apply(x, { training: true }) as tf.Tensor);
      }
      return y!;
    });
    assertClose(layer.apply(x) as tf.Tensor, trained, 1e-4);
  });
  layer.dispose();
});

Deno.test("BatchNormalization trains gamma and beta only, and leaks nothing", () => {
  const x = wave([4, 3, 3, 2]);
  const before = tf.memory().numTensors;
  const layer = new BatchNormalization({
    name: "fused",
    activation: "relu",
  });
  tf.dispose(layer.apply(x) as tf.Tensor); // makes the weights
  const built = tf.memory().numTensors;
  const { value, grads } = tf.variableGrads(() =>
    tf.sum(tf.square(layer.apply(x, { training: true }) as tf.Tensor))
  );
  assertEquals(
    layer.trainableWeights.map((weight) => weight.originalName),
    ["fused/gamma", "fused/beta"],
  );
  assertEquals(Object.keys(grads).length, 2);
  assert(Object.values(grads).every((gradient) => gradient.shape[0] === 2));
  tf.dispose([value, ...Object.values(grads)]);
  assertEquals(tf.memory().numTensors, built);
  layer.dispose();
  assertEquals(tf.memory().numTensors, before);
  x.dispose();
});

Deno.test("BatchNormalization is made again from its configuration", () => {
  const config = { momentum: 0.8, epsilon: 0.01, activation: "relu" as const };
  const { momentum, epsilon, activation } = new BatchNormalization(config)
    .getConfig();
  assertEquals({ momentum, epsilon, activation }, config);
});
