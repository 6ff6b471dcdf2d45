import * as tf from "@tensorflow/tfjs";
import { createAdam } from "../../../../lib/training/optimizer/adam.ts";
import { assertEquals } from "../../../assert.ts";
import { deviceTest, heldBy, useWebGpu } from "../device.ts";

deviceTest("a read under way gives the values of its time", async () => {
  const backend = await useWebGpu();
  const held = heldBy(backend);
  const disposed = tf.tidy(() => tf.add(tf.fill([5000], 1), 1));
  const started = disposed.data();
  disposed.dispose();
  assertEquals((await started)[4999], 2);

  const x = tf.tidy(() => tf.variable(tf.add(tf.fill([5000], 1), 1)));
  const optimizer = createAdam({ x });
  const gradient = tf.ones([5000]);
  for (let step = 1; step <= 3; step++) {
    const before = x.data();
    optimizer.update({ x: gradient }, 0.5);
    const after = x.data();
    const round = (value: number) => Math.round(value * 1e4) / 1e4;
    assertEquals([(await before)[4999]!, (await after)[4999]!].map(round), [
      2 - (step - 1) / 2,
      2 - step / 2,
    ]);
  }
  optimizer.dispose();
  tf.dispose([x, gradient]);
  assertEquals(heldBy(backend), held);
});
