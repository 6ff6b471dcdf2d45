import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { assertEqualsCpu, normalTensor } from "../against_cpu.ts";
import { assertNear } from "../near.ts";
import { asHardware, deviceTest, useWebGpu, valuesOf } from "../device.ts";
import { type Convolution, convolutions, of } from "./convolutions.ts";

for (
  const { x: shape, kernel, filters, strides, pad, rounding } of convolutions
) {
  const name = `[${shape}] by ${
    kernel.join("×")
  }, ${filters} filters, strides ${strides}, pad ${JSON.stringify(pad)}${
    rounding ? `, ${rounding}` : ""
  }`;
  const filterShape = [...kernel, shape[3], filters] as Convolution["x"];
  const outShape = tf.backend_util.computeConv2DInfo(
    shape,
    filterShape,
    strides,
    1,
    pad as number,
    rounding,
  ).outShape;
  const attributes = {
    strides,
    pad,
    dataFormat: "NHWC",
    dimRoundingMode: rounding,
    filterShape,
    inputShape: shape,
  };

  deviceTest(
    `the gradients of a convolution agree with the cpu backend, ${name}`,
    async () => {
      await assertEqualsCpu(() => {
        const x = normalTensor<tf.Rank.R4>(shape, 1);
        const filter = normalTensor<tf.Rank.R4>(filterShape, 2);
        const dy = normalTensor<tf.Rank.R4>(outShape, 3);
        return [
          ...runKernel("Conv2DBackpropFilter", { x, dy }, attributes),
          ...runKernel("Conv2DBackpropInput", { dy, filter }, attributes),
        ];
      });
    },
  );

  deviceTest(
    `the gradient in the images is added in place to a sum, ${name}`,
    async () => {
      await useWebGpu();
      const filter = normalTensor<tf.Rank.R4>(filterShape, 2);
      const dy = normalTensor<tf.Rank.R4>(outShape, 3);
      const sum = normalTensor<tf.Rank.R4>(shape, 4);
      // Its values, read back before, are not those that it has afterwards.
      const [before] = await valuesOf(sum);
      const bytes = tf.memory().numBytes;
      const [plain] = runKernel(
        "Conv2DBackpropInput",
        { dy, filter },
        attributes,
      );
      const [added] = runKernel(
        "Conv2DBackpropInput",
        { dy, filter, sum },
        attributes,
      );
      assertEquals(added!.dataId, sum.dataId);
      const [gradient, after, same] = await valuesOf(plain!, added!, sum);
      assertEquals(after, same);
      const apart = after!.map((value, i) =>
        Math.abs(value - before![i]! - gradient![i]!)
      );
      const largest = Math.max(1, ...after!.map(Math.abs));
      assert(apart.every((difference) => difference <= 2e-6 * largest));
      tf.dispose([plain!, added!]);
      assertEquals(tf.memory().numBytes, bytes);
      tf.dispose([sum, filter, dy]);
    },
  );
}

deviceTest(
  "the gradients of a convolution are the same by the code for a GPU",
  async () => {
    const backend = await useWebGpu();
    const gradients = (
      { x: [n, h, w, c], kernel, filters, strides, pad }: Convolution,
    ) =>
      tf.tidy(() => {
        const filter = normalTensor<tf.Rank.R4>([...kernel, c, filters], 2);
        const forward = (x: tf.Tensor, filter: tf.Tensor) =>
          tf.conv2d(
            x as tf.Tensor4D,
            filter as tf.Tensor4D,
            strides,
            pad as number,
          );
        const x = normalTensor<tf.Rank.R4>([n, h, w, c], 1);
        const dy = normalTensor(forward(x, filter).shape, 3);
        return tf.grads(forward)([x, filter], dy);
      });
    for (const convolution of [...convolutions, of([40, 20, 20, 16], 3, 24)]) {
      if (convolution.rounding || Array.isArray(convolution.pad)) continue;
      const expected = await valuesOf(...gradients(convolution));
      const hardware = asHardware(backend, () => gradients(convolution));
      const actual = await valuesOf(...hardware);
      actual.forEach((values, i) => {
        assertNear(values, expected[i]!, 1e-5);
      });
    }
  },
);
