import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";
import { assertEqualsCpu, normalTensor } from "../against_cpu.ts";
import { assertNear } from "../near.ts";
import { asHardware, deviceTest, useWebGpu, valuesOf } from "../device.ts";

/** A convolution to try. */
interface Convolution {
  x: [number, number, number, number];
  kernel: [number, number];
  filters: number;
  strides: number | [number, number];
  pad: "same" | "valid" | number | [number, number][];
  rounding?: "floor" | "round" | "ceil";
}

function of(
  x: Convolution["x"],
  kernel: number | [number, number],
  filters: number,
  strides: Convolution["strides"] = 1,
  pad: Convolution["pad"] = "same",
  rounding?: Convolution["rounding"],
): Convolution {
  const sides: [number, number] = typeof kernel === "number"
    ? [kernel, kernel]
    : kernel;
  return {
    x,
    kernel: sides,
    filters,
    strides,
    pad,
    ...rounding && { rounding },
  };
}

const convolutions: Convolution[] = [
  // The filters and strides of NN2; sizes that no tile divides.
  ...[1, 3, 5, 7].flatMap((kernel) =>
    [1, 2].flatMap((stride) =>
      (["same", "valid"] as const).map((pad) =>
        of([2, 9, 8, 2 + kernel], kernel, 5 + stride, stride, pad)
      )
    )
  ),
  // Whole tiles, and channels that vectors of four divide.
  of([2, 8, 8, 32], 3, 64),
  of([2, 7, 7, 36], 5, 12, 2),
  of([3, 6, 5, 16], 1, 132),
  of([1, 9, 9, 4], 3, 6),
  of([1, 9, 9, 6], 3, 4, 2),
  // One channel, one filter, one pixel.
  of([1, 1, 1, 1], 1, 1),
  of([1, 1, 1, 1], 3, 1),
  of([1, 5, 5, 1], 7, 64, 2),
  // More pixels than one part of the depth has.
  of([30, 14, 14, 4], 3, 8),
  // Unequal sides and strides; paddings; strides beyond the filter.
  of([3, 7, 5, 3], [3, 1], 8, [2, 1]),
  of([3, 5, 7, 4], [1, 4], 8, [1, 3], "valid"),
  of([2, 6, 6, 2], 3, 3, 1, 2),
  of([2, 6, 6, 2], 1, 3, 3, 0),
  of([2, 6, 6, 4], 2, 4, 3, "valid"),
  of([2, 6, 7, 2], 3, 3, 2, [[0, 0], [1, 2], [0, 3], [0, 0]]),
  // Sizes that were rounded up: tfjs does not tell a gradient of that.
  of([2, 6, 6, 3], 3, 4, 2, 0, "ceil"),
];

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
