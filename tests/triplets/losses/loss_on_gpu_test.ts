import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { tripletLoss } from "../../../lib/triplets/losses/loss.ts";
import { lossOnGpu } from "../../../lib/triplets/losses/loss_on_gpu.ts";
import type { Weighting } from "../../../lib/triplets/losses/options.ts";
import { assert, assertEquals } from "../../assert.ts";
import { normalTensor } from "../../backends/webgpu/against_cpu.ts";
import { deviceTest, useWebGpuAlone } from "../../backends/webgpu/device.ts";

const triplets = {
  anchors: Int32Array.of(0, 1, 2, 3, 3),
  positives: Int32Array.of(1, 0, 3, 2, 2),
  negatives: Int32Array.of(2, 3, 0, 1, 0),
};
const none = {
  anchors: new Int32Array(),
  positives: new Int32Array(),
  negatives: new Int32Array(),
};
const weightings: Weighting[] = (["squared", "cosine"] as const)
  .flatMap((metric) =>
    (["hinge", "soft-margin"] as const).flatMap((lossFunction) =>
      (["all", "active"] as const).map((mean) => (
        { margin: 0.3, metric, lossFunction, mean }
      ))
    )
  );
type Loss = typeof lossOnGpu;

/** Value and gradient of a loss of points that are not the images themselves. */
async function found(loss: Loss, weighting: Weighting, of = triplets) {
  const { value, grad } = tf.tidy(() =>
    tf.valueAndGrad((x) =>
      loss(tf.tanh(x) as tf.Tensor2D, of, weighting) as tf.Tensor
    )(normalTensor<tf.Rank.R2>([4, 3], 1))
  );
  const numbers = [await value.data(), await grad.data()].flatMap((each) =>
    Array.from(each as Float32Array)
  );
  tf.dispose([value, grad]);
  return numbers;
}

const reference: Loss = (points, of, { margin, ...options }) =>
  tripletLoss(points, of, margin, options);

function assertSame(actual: number[], expected: number[], name: string): void {
  assertEquals(actual.length, expected.length);
  actual.forEach((value, i) =>
    assert(
      Math.abs(value - expected[i]!) < 1e-4,
      `${name}: ${value} for ${expected[i]} at ${i}`,
    )
  );
}

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`lossOnGpu() equals the loss by plain numbers on ${backend}`, async () => {
    await useBackend(backend);
    const held = tf.memory().numTensors;
    for (const weighting of weightings) {
      const expected = await found(reference, weighting);
      assert(expected.some((value) => value !== 0));
      assertSame(
        await found(lossOnGpu, weighting),
        expected,
        JSON.stringify(weighting),
      );
    }
    const [weighting] = weightings as [Weighting];
    assertEquals(
      (await found(lossOnGpu, weighting, none)).map(Math.abs),
      new Array(13).fill(0),
    );
    assertEquals(tf.memory().numTensors, held);
  });
}

deviceTest(
  "tripletLoss() has its gradient on webgpu, inside one of tfjs too",
  async () => {
    for (const weighting of weightings) {
      await useBackend("cpu");
      const expected = await found(reference, weighting);
      await useWebGpuAlone();
      const actual = await found(reference, weighting);
      assertSame(actual, expected, JSON.stringify(weighting));
    }
    const [weighting] = weightings as [Weighting];
    const nothing = await found(reference, weighting, none);
    assertEquals(nothing.map(Math.abs), new Array(13).fill(0));
    const broken = tf.tidy(() =>
      reference(
        tf.mul<tf.Tensor2D>(tf.tensor2d([[1], [NaN], [2], [3]]), 1),
        triplets,
        weighting,
      )
    );
    assert(Number.isNaN((await broken.data())[0]));
    broken.dispose();
  },
);
