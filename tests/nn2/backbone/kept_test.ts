import * as tf from "@tensorflow/tfjs";
import { isKept } from "../../../lib/nn2/backbone/kept.ts";
import { assert } from "../../assert.ts";
import { deviceTest, useWebGpu } from "../../backends/webgpu/device.ts";

const activation = (batch: number): tf.TensorInfo => ({
  dataId: {},
  shape: [batch, 28, 28, 64],
  dtype: "float32",
});

deviceTest(
  "isKept() keeps small activations on a GPU, and makes large ones again",
  async () => {
    await useWebGpu();
    assert(isKept(activation(80)));
    assert(!isKept(activation(120)));
  },
);

Deno.test("isKept() keeps none that can be made again on other backends", async () => {
  await tf.setBackend("cpu");
  assert(!isKept(activation(1)));
});
