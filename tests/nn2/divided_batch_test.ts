import * as tf from "@tensorflow/tfjs";
import { withColleagues } from "../../lib/backends/divided_batch.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { normalizedConv2d } from "../../lib/nn2/normalized_conv2d.ts";
import { assert, assertEquals } from "../assert.ts";

const filters = 6;
const options = {
  strides: 1,
  epsilon: 1e-3,
  momentum: 0.9,
  inputGradient: true,
};

function random(shape: number[], seed: number, mean = 0): tf.Tensor {
  return tf.randomNormal(shape, mean, 1, "float32", seed);
}

/** A layer with the same weights each time. */
function createWeights() {
  const perFilter = (seed: number, mean: number) =>
    random([filters], seed, mean) as tf.Tensor1D;
  return {
    kernel: random([3, 3, 2, filters], 1) as tf.Tensor4D,
    bias: perFilter(2, 0),
    gamma: perFilter(3, 1),
    beta: perFilter(4, 0.5),
    movingMean: tf.variable(tf.zeros([filters])),
    movingVariance: tf.variable(tf.ones([filters])),
  };
}

/** The layer's result, and all gradients of a sum that weighs it. */
function applyLayer(x: tf.Tensor, slopes: tf.Tensor) {
  const weights = createWeights();
  const { kernel, gamma, beta } = weights;
  let y!: tf.Tensor;
  const gradients = tf.grads((x, kernel, gamma, beta) => {
    const given = { ...weights, kernel, gamma, beta } as typeof weights;
    y = tf.keep(normalizedConv2d(x as tf.Tensor4D, given, options, true));
    return tf.sum(tf.mul(y, slopes));
  })([x, kernel, gamma, beta]);
  const moving = [weights.movingMean, weights.movingVariance];
  return [y, ...gradients, ...moving].map((tensor) => tensor.dataSync());
}

/**
 * Applies the layer to each part as a thread of its own would. Threads wait for
 * each other; here each part is begun anew until all have given what it asks for.
 */
function applyInThreads(parts: [x: tf.Tensor, slopes: tf.Tensor][]) {
  const given: Float64Array[][] = parts.map(() => []);
  for (;;) {
    const results = parts.map(([x, slopes], rank) => {
      let asked = 0;
      try {
        const gather = (values: Float64Array) => {
          const round = asked++;
          given[rank]![round] ??= values;
          return {
            isComplete: () => true,
            take() {
              if (!given.every((of) => round in of)) throw "wait";
              return given.map((of) => of[round]!);
            },
          };
        };
        const others = { gather, doTogether: () => {} };
        return withColleagues(others, () => applyLayer(x, slopes));
      } catch (error) {
        if (error !== "wait") throw error;
        return undefined;
      }
    });
    if (results.every((result) => result)) return results.map((each) => each!);
  }
}

Deno.test("normalizedConv2d() on wasm takes the statistics of a batch that threads share", async () => {
  await useBackend("wasm");
  const counts = [3, 1, 5];
  const total = 9;
  // A mean far from 0 in one part: the parts' own statistics would differ.
  const x = tf.concat(
    counts.map((n, i) => random([n, 5, 4, 2], 10 + i, 3 * i)),
  );
  const slopes = random([total, 5, 4, filters], 20);
  const whole = applyLayer(x, slopes);
  const parts = applyInThreads(
    tf.split(x, counts).map((part, i) => [part, tf.split(slopes, counts)[i]!]),
  );

  const [y, dx, dKernel, dGamma, dBeta, mean, variance] = whole;
  const joined = (i: number) => parts.flatMap((part) => Array.from(part[i]!));
  const summed = (i: number) =>
    Array.from(
      parts[0]![i]!,
      (_, at) => parts.reduce((sum, part) => sum + part[i]![at]!, 0),
    );
  assertClose(joined(0), y!);
  assertClose(joined(1), dx!);
  assertClose(summed(2), dKernel!);
  assertClose(summed(3), dGamma!);
  assertClose(summed(4), dBeta!);
  for (const part of parts) {
    assertClose(Array.from(part[5]!), mean!);
    assertClose(Array.from(part[6]!), variance!);
    // Every thread has the same, to the last bit.
    assertEquals(part[5], parts[0]![5]);
    assertEquals(part[6], parts[0]![6]);
  }
});

function assertClose(actual: number[], expected: ArrayLike<number>): void {
  assertEquals(actual.length, expected.length);
  const largest = Math.max(...Array.from(expected, Math.abs));
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    assert(
      difference <= 2e-6 * largest,
      `expected ${expected[i]} at ${i}, got ${actual[i]}`,
    );
  }
}
