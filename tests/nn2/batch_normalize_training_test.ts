import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  type Activation,
  batchNormalizeTraining,
} from "../../lib/nn2/batch_normalize_training.ts";
import { assertAlmostEquals, assertEquals } from "../assert.ts";
import { assertClose, assertGradient, wave } from "./finite_differences.ts";

const EPSILON = 1e-3;
const CHANNELS = 3;

/** A batch, a scale with a negative entry, and a shift. */
const example = () =>
  [
    tf.add(tf.mul(wave([4, 3, 2, CHANNELS]), 2), 5),
    tf.tensor1d([1.5, -0.8, 0.6]),
    tf.tensor1d([0.1, 0.4, -0.3]),
  ] as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];

/** The same from tfjs's operations, whose gradient the tape composes. */
function reference(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  activation: Activation,
): tf.Tensor4D {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const y = tf.batchNorm(
    x,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    beta,
    gamma,
    EPSILON,
  );
  return activation === "relu" ? tf.relu(y) : y;
}

for (const backend of ["cpu", "wasm"] as const) {
  for (const activation of ["linear", "relu"] as const) {
    const normalize = (...inputs: tf.Tensor[]) => {
      const [x, gamma, beta] = inputs as ReturnType<typeof example>;
      return batchNormalizeTraining(x, gamma, beta, EPSILON, activation).y;
    };

    Deno.test(`batchNormalizeTraining() equals tfjs's operations on ${backend}, ${activation}`, async () => {
      await (backend === "wasm" ? useBackend("wasm") : tf.setBackend("cpu"));
      tf.tidy(() => {
        const inputs = example();
        assertClose(normalize(...inputs), reference(...inputs, activation));
        const weigh = (y: tf.Tensor) => tf.mul(y, wave(y.shape, 2));
        const ours = tf.grads((...inputs) => weigh(normalize(...inputs)));
        const theirs = tf.grads((...inputs) =>
          weigh(
            reference(...inputs as ReturnType<typeof example>, activation),
          )
        );
        const expected = theirs(inputs);
        ours(inputs).forEach((gradient, i) =>
          assertClose(gradient, expected[i]!, 2e-5)
        );
      });
    });
  }
}

Deno.test("batchNormalizeTraining() has the gradient of its differences", async () => {
  await tf.setBackend("cpu");
  tf.tidy(() => {
    const [x, gamma, beta] = example();
    const normalize = batchNormalizeTraining;
    assertGradient(
      (x) => normalize(x as tf.Tensor4D, gamma, beta, EPSILON, "relu").y,
      x,
    );
    assertGradient(
      (gamma) => normalize(x, gamma as tf.Tensor1D, beta, EPSILON, "relu").y,
      gamma,
    );
    assertGradient(
      (beta) => normalize(x, gamma, beta as tf.Tensor1D, EPSILON, "relu").y,
      beta,
    );
  });
});

Deno.test("batchNormalizeTraining() keeps a small variance beside a large mean", async () => {
  await tf.setBackend("cpu");
  tf.tidy(() => {
    const x = tf.tensor4d([4095.5, 4096.5], [2, 1, 1, 1]);
    const { y, mean, variance } = batchNormalizeTraining(
      x,
      tf.ones([1]),
      tf.zeros([1]),
      0,
      "linear",
    );
    assertEquals([...mean.dataSync(), ...variance.dataSync()], [4096, 0.25]);
    assertAlmostEquals(y.dataSync()[1]!, 1, 1e-6);
  });
});

Deno.test("batchNormalizeTraining() leaves its three results and nothing else", async () => {
  await tf.setBackend("cpu");
  const inputs = example();
  const before = tf.memory().numTensors;
  const result = batchNormalizeTraining(...inputs, EPSILON, "relu");
  assertEquals(tf.memory().numTensors, before + 3);
  tf.dispose([result.y, result.mean, result.variance]);

  tf.tidy(() => {
    tf.grads((...inputs) =>
      batchNormalizeTraining(
        ...inputs as ReturnType<typeof example>,
        EPSILON,
        "relu",
      ).y
    )(inputs);
  });
  assertEquals(tf.memory().numTensors, before);
  tf.dispose(inputs);
});
