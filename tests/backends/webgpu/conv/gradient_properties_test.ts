/** What holds of the gradients of convolutions besides their values. */
import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { assert, assertThrows } from "../../../assert.ts";
import { assertEqualsCpu, normalTensor } from "../against_cpu.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";

deviceTest(
  "the gradients of tf.conv2d agree with differences of its values",
  async () => {
    await useWebGpu();
    const x = normalTensor<tf.Rank.R4>([2, 5, 5, 3], 1);
    const filter = normalTensor<tf.Rank.R4>([3, 3, 3, 4], 2);
    const weights = normalTensor<tf.Rank.R4>([2, 3, 3, 4], 3);
    const loss = (x: tf.Tensor4D, filter: tf.Tensor4D) =>
      tf.sum(tf.mul(weights, tf.conv2d(x, filter, 2, "same")));
    const [dx, dFilter] = tf.grads((x, filter) =>
      loss(x as tf.Tensor4D, filter as tf.Tensor4D)
    )([x, filter]);
    // The loss is linear in each, so differences of any size are the gradient.
    const xStep = normalTensor<tf.Rank.R4>([2, 5, 5, 3], 4);
    const filterStep = normalTensor<tf.Rank.R4>([3, 3, 3, 4], 5);
    const values = await valuesOf(
      tf.sub(loss(tf.add(x, xStep), filter), loss(x, filter)),
      tf.sum(tf.mul(dx!, xStep)),
      tf.sub(loss(x, tf.add(filter, filterStep)), loss(x, filter)),
      tf.sum(tf.mul(dFilter!, filterStep)),
    );
    const [inX, byX, inFilter, byFilter] = values.map(([value]) => value!);
    assert(Math.abs(inX! - byX!) < 1e-4 * Math.max(1, Math.abs(inX!)));
    assert(
      Math.abs(inFilter! - byFilter!) < 1e-4 * Math.max(1, Math.abs(inFilter!)),
    );
  },
);

deviceTest(
  "a gradient of channels first is left to tfjs's kernel",
  async () => {
    await useWebGpu();
    const x = normalTensor<tf.Rank.R4>([2, 3, 6, 5], 1);
    const dy = normalTensor<tf.Rank.R4>([2, 4, 6, 5], 3);
    const attributes = { strides: 1, pad: "same", filterShape: [3, 3, 3, 4] };
    const last = [0, 2, 3, 1];
    const [first] = runKernel("Conv2DBackpropFilter", { x, dy }, {
      ...attributes,
      dataFormat: "NCHW",
    });
    const [other] = runKernel("Conv2DBackpropFilter", {
      x: tf.transpose(x, last),
      dy: tf.transpose(dy, last),
    }, { ...attributes, dataFormat: "NHWC" });
    const [a, b] = await valuesOf(first!, other!);
    a!.forEach((value, i) => assert(Math.abs(value - b![i]!) < 1e-4));
  },
);

deviceTest("the gradients of no images are zeros", async () => {
  await assertEqualsCpu(() => {
    const x = tf.zeros([0, 5, 5, 3]);
    const dy = tf.zeros([0, 5, 5, 4]);
    const filter = tf.ones([3, 3, 3, 4]);
    const attributes = {
      strides: 1,
      pad: "same",
      dataFormat: "NHWC",
      filterShape: [3, 3, 3, 4],
      inputShape: [0, 5, 5, 3],
    };
    return [
      ...runKernel("Conv2DBackpropFilter", { x, dy }, attributes),
      ...runKernel("Conv2DBackpropInput", { dy, filter }, attributes),
    ];
  });
});

deviceTest(
  "the gradients of a convolution refuse shapes that do not fit",
  async () => {
    await useWebGpu();
    const attributes = {
      strides: 1,
      pad: "same",
      dataFormat: "NHWC",
      filterShape: [3, 3, 3, 4],
      inputShape: [2, 5, 5, 3],
    };
    const x = tf.zeros([2, 5, 5, 3]);
    const filter = tf.zeros([3, 3, 3, 4]);
    assertThrows(
      () =>
        runKernel("Conv2DBackpropFilter", {
          x,
          dy: tf.zeros([2, 4, 5, 4]),
        }, attributes),
      RangeError,
      "Cannot run Conv2DBackpropFilter on the webgpu backend: expected a gradient of shape [2, 5, 5, 4], got [2, 4, 5, 4]",
    );
    assertThrows(
      () =>
        runKernel("Conv2DBackpropInput", {
          dy: tf.zeros([2, 5, 5, 4]),
          filter,
          sum: tf.zeros([2, 5, 5, 4]),
        }, attributes),
      RangeError,
      "expected sum of shape [2, 5, 5, 3], got [2, 5, 5, 4]",
    );
    assertThrows(
      () =>
        runKernel("Conv2DBackpropFilter", {
          x: tf.zeros([2, 5, 5, 2]),
          dy: tf.zeros([2, 5, 5, 4]),
        }, attributes),
      RangeError,
      "expected a filter for 2 channels, got [3, 3, 3, 4]",
    );
  },
);
