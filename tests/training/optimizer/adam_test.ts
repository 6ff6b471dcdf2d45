import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  createAdam,
  restoreAdam,
} from "../../../lib/training/optimizer/adam.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

/** The algorithm in double precision, one weight at a time. */
function oracle(start: number[], gradients: number[][], rate: number) {
  const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
  const weights = [...start];
  const mean = weights.map(() => 0);
  const square = weights.map(() => 0);
  gradients.forEach((gradient, t) => {
    gradient.forEach((g, i) => {
      mean[i] = beta1 * mean[i]! + (1 - beta1) * g;
      square[i] = beta2 * square[i]! + (1 - beta2) * g * g;
      const corrected = mean[i]! / (1 - beta1 ** (t + 1));
      const root = Math.sqrt(square[i]! / (1 - beta2 ** (t + 1)));
      weights[i]! -= rate * corrected / (root + epsilon);
    });
  });
  return weights;
}

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`createAdam() follows the algorithm on ${backend}`, async () => {
    await useBackend(backend);
    const random = createRandom(1);
    const draw = () => Array.from({ length: 7 }, () => random.normal());
    const start = draw();
    const gradients = Array.from({ length: 12 }, draw);
    gradients.forEach((gradient) => gradient[3] = 0);

    const before = tf.memory().numTensors;
    const x = tf.variable(tf.tensor1d(start));
    const optimizer = createAdam({ x });
    const held = tf.memory().numTensors;
    for (const gradient of gradients) {
      const tensor = tf.tensor1d(gradient);
      optimizer.update({ x: tensor }, 0.01);
      tensor.dispose();
      assertEquals(tf.memory().numTensors, held);
    }
    const expected = oracle(start, gradients, 0.01);
    x.dataSync().forEach((value, i) =>
      assert(Math.abs(value - expected[i]!) < 2e-6, `weight ${i}: ${value}`)
    );
    assertEquals(x.dataSync()[3], Math.fround(start[3]!));
    optimizer.dispose();
    x.dispose();
    // tf.variable left the tensor it was made of to us.
    assertEquals(tf.memory().numTensors, before + 1);
  });
}

Deno.test("createAdam() refuses a step without a gradient", async () => {
  await useBackend("cpu");
  const weight = tf.variable(tf.tensor1d([1]));
  const optimizer = createAdam({ weight });
  assertThrows(
    () => optimizer.update({}, 0.1),
    RangeError,
    "expected a gradient for weight [1], got none",
  );
  optimizer.dispose();
});

Deno.test("createAdam() refuses a gradient of another shape and changes nothing", async () => {
  await useBackend("wasm");
  const [a, b] = [tf.variable(tf.ones([2])), tf.variable(tf.ones([4]))];
  const optimizer = createAdam({ a, b });
  assertThrows(
    () => optimizer.update({ a: tf.ones([2]), b: tf.ones([2]) }, 0.1),
    RangeError,
    "for b [4], got [2]",
  );
  assertEquals([...a.dataSync()], [1, 1]);
  optimizer.dispose();
});

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`createAdam() leaves tensors that shared the memory alone on ${backend}`, async () => {
    await useBackend(backend);
    const start = tf.ones([3]);
    const weights = tf.variable(start);
    const clone = weights.clone();
    const optimizer = createAdam({ weights });
    optimizer.update({ weights: tf.ones([3]) }, 0.5);
    assertEquals([...start.dataSync(), ...clone.dataSync()], [
      1,
      1,
      1,
      1,
      1,
      1,
    ]);
    assert(Math.abs(weights.dataSync()[0]! - 0.5) < 1e-6);
    optimizer.dispose();
  });
}

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`restoreAdam() goes on to the last bit on ${backend}`, async () => {
    await useBackend(backend);
    const random = createRandom(2);
    const draw = () => Array.from({ length: 5 }, () => random.normal());
    const gradients = Array.from({ length: 8 }, draw);
    const start = draw();
    const held = tf.memory().numTensors;
    const run = async (
      steps: number[][],
      x: tf.Variable,
      adam = createAdam({ x }),
    ) => {
      for (const gradient of steps) {
        tf.tidy(() => adam.update({ x: tf.tensor1d(gradient) }, 0.01));
      }
      const end = { state: await adam.state(), x: x.dataSync().slice() };
      adam.dispose();
      x.dispose();
      return end;
    };
    const variable = (values: ArrayLike<number>) =>
      tf.tidy(() => tf.variable(tf.tensor1d(Float32Array.from(values))));
    const whole = await run(gradients, variable(start));
    const half = await run(gradients.slice(0, 3), variable(start));
    const x = variable(half.x);
    const state = structuredClone(half.state);
    const rest = await run(
      gradients.slice(3),
      x,
      restoreAdam({ x }, half.state),
    );
    assertEquals(rest, whole);
    assertEquals(half.state, state);
    assertEquals(rest.state.steps, 8);
    assertEquals(tf.memory().numTensors, held);
  });
}

Deno.test("restoreAdam() refuses the state of other variables", async () => {
  await useBackend("cpu");
  const [a, b] = [tf.variable(tf.ones([2])), tf.variable(tf.ones([3]))];
  const state = await createAdam({ a }).state();
  assertThrows(
    () => restoreAdam({ a: b }, state),
    RangeError,
    "Cannot restore Adam for other variables: expected 2 means of 3 values for a, got 2 and 2",
  );
  assertThrows(
    () => restoreAdam({ a, b }, state),
    RangeError,
    "expected 2 means of 3 values for b, got none",
  );
  assertThrows(
    () => restoreAdam({}, state),
    RangeError,
    "expected none for a, got some",
  );
});
