import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { batchTripletLoss } from "../../../lib/triplets/losses/batch_loss.ts";
import { tripletLossAndGradient } from "../../../lib/triplets/losses/loss_and_gradient.ts";
import { lossGradients } from "../../../lib/triplets/losses/loss_gradients.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { normalTensor } from "../../backends/webgpu/against_cpu.ts";
import { deviceTest, useWebGpuAlone } from "../../backends/webgpu/device.ts";

const labels = [0, 0, 1, 1, 2, 2];
const how = { margin: 0.5 };

/** A matrix, a shift and one that nothing depends on, and embeddings by them. */
function smallest() {
  const x = normalTensor<tf.Rank.R2>([6, 3], 1);
  const w = tf.variable(normalTensor([3, 2], 2));
  const b = tf.variable(normalTensor([2], 3));
  const none = tf.variable(tf.ones([2]));
  const embed = () => tf.add<tf.Tensor2D>(tf.matMul(tf.tanh(x), w), b);
  return { x, w, b, none, embed };
}

async function computed() {
  const { x, w, b, none, embed } = smallest();
  const held = tf.memory().numTensors;
  const { loss, gradients } = await lossGradients(
    embed,
    (points) => tripletLossAndGradient("semi-hard", points, labels, how),
    [w, b, none],
  );
  assertEquals(tf.memory().numTensors, held + 2);
  assertEquals(Object.keys(gradients), [w.name, b.name]);
  const values = [
    await gradients[w.name]!.data(),
    await gradients[b.name]!.data(),
  ].map((each) => Array.from(each));
  tf.dispose([x, w, b, none, gradients]);
  return { loss, values };
}

function byTape() {
  const { x, w, b, none, embed } = smallest();
  const { value, grads } = tf.variableGrads(
    () => batchTripletLoss("semi-hard", embed(), labels, how),
    [w, b],
  );
  const result = {
    loss: value.dataSync()[0]!,
    values: [w, b].map(({ name }) => Array.from(grads[name]!.dataSync())),
  };
  tf.dispose([x, w, b, none, value, grads]);
  return result;
}

function assertNear(
  { loss, values }: Awaited<ReturnType<typeof computed>>,
  expected: ReturnType<typeof byTape>,
): void {
  assert(expected.loss > 0.1);
  assert(Math.abs(loss - expected.loss) < 1e-5, `${loss}, ${expected.loss}`);
  values.flat().forEach((value, i) =>
    assert(Math.abs(value - expected.values.flat()[i]!) < 1e-4)
  );
}

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`lossGradients() equals tf.variableGrads() on ${backend}`, async () => {
    await useBackend(backend);
    assertNear(await computed(), byTape());
  });

  Deno.test(`lossGradients() leaves nothing behind where a part fails on ${backend}`, async () => {
    await useBackend(backend);
    const { x, w, b, none, embed } = smallest();
    const held = tf.memory().numTensors;
    const fails = () => {
      throw new TypeError("no loss");
    };
    await assertRejects(() => lossGradients(embed, fails, [w]), TypeError);
    const broken = () => {
      embed();
      throw new TypeError("no embeddings");
    };
    await assertRejects(() => lossGradients(broken, fails, [w]), TypeError);
    await assertRejects(
      () => lossGradients(() => tf.sum<tf.Tensor2D>(embed()), fails, [w]),
      RangeError,
      "Cannot compute gradients of a loss: expected embeddings of shape [n, size], got a tensor of shape []",
    );
    assertEquals(tf.memory().numTensors, held);
    tf.dispose([x, w, b, none]);
  });
}

deviceTest("lossGradients() awaits what webgpu embeds", async () => {
  await useBackend("cpu");
  const expected = byTape();
  await useWebGpuAlone();
  assertNear(await computed(), expected);
});
