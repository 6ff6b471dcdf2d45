import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { normalTensor } from "../against_cpu.ts";
import { assertNear } from "../near.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";

/** Images and the filters of some 1×1 convolutions of them. */
const cases: { x: [number, number, number, number]; filters: number[] }[] = [
  { x: [1, 1, 1, 1], filters: [1] },
  { x: [2, 3, 4, 5], filters: [16, 3] },
  { x: [3, 7, 7, 64], filters: [32, 16, 96] },
  { x: [20, 4, 4, 40], filters: [7, 16, 48, 2] },
  { x: [2, 5, 5, 20], filters: [4, 8, 12, 4, 5, 6, 7] },
  { x: [0, 3, 3, 4], filters: [2, 3] },
];

const numbered = (name: string, tensors: tf.Tensor[]) =>
  Object.fromEntries(tensors.map((each, i) => [`${name}${i}`, each]));

for (const { x: shape, filters } of cases) {
  const name = `[${shape}] with ${filters} filters`;
  const prepare = async () => {
    await useWebGpu();
    return {
      x: normalTensor<tf.Rank.R4>(shape, 1),
      kernels: filters.map((count, i) =>
        normalTensor<tf.Rank.R4>([1, 1, shape[3], count], 2 + i)
      ),
      dys: filters.map((count, i) =>
        normalTensor<tf.Rank.R4>([shape[0], shape[1], shape[2], count], 20 + i)
      ),
    };
  };
  const matrix = (tensor: tf.Tensor) =>
    tf.reshape(tensor, [-1, tensor.shape.at(-1)!]) as tf.Tensor2D;

  deviceTest(
    `the filter gradients of several 1×1 convolutions are products, ${name}`,
    async () => {
      const { x, dys } = await prepare();
      const gradients = runKernel("PointwiseBackpropFilter", {
        x,
        ...numbered("dy", dys),
      });
      assertEquals(
        gradients.map(({ shape }) => shape),
        filters.map((count) => [1, 1, shape[3], count]),
      );
      for (const [i, gradient] of gradients.entries()) {
        if (x.size === 0) {
          assertEquals(new Set((await valuesOf(gradient))[0]), new Set([0]));
          continue;
        }
        await assertSame(gradient, tf.matMul(matrix(x), matrix(dys[i]!), true));
      }
    },
  );

  deviceTest(
    `the input gradient of several 1×1 convolutions is a sum, ${name}`,
    async () => {
      const { x, kernels, dys } = await prepare();
      const inputs = { ...numbered("dy", dys), ...numbered("filter", kernels) };
      const [dx] = runKernel("PointwiseBackpropInput", inputs);
      assertEquals(dx!.shape, x.shape);
      if (x.size === 0) return;
      const expected = tf.addN(
        dys.map((dy, i) =>
          tf.matMul(matrix(dy), matrix(kernels[i]!), false, true)
        ),
      );
      await assertSame(dx!, expected);
      const sum = normalTensor<tf.Rank.R4>(shape, 9);
      const start = tf.add(matrix(sum), expected);
      const [added] = runKernel("PointwiseBackpropInput", { ...inputs, sum });
      assertEquals(added!.dataId, sum.dataId);
      await assertSame(added!, start);
    },
  );
}

deviceTest(
  "the kernels of several 1×1 convolutions refuse other shapes",
  async () => {
    await useWebGpu();
    const [x, dy, filter] = [[2, 3, 3, 4], [2, 3, 3, 5], [1, 1, 4, 5]].map((
      shape,
    ) => tf.zeros(shape));
    assertThrows(
      () => runKernel("PointwiseBackpropFilter", { x: x! }),
      RangeError,
      "expected dy0, got nothing",
    );
    assertThrows(
      () =>
        runKernel("PointwiseBackpropInput", {
          dy0: dy!,
          dy1: dy!,
          filter0: filter!,
        }),
      RangeError,
      "expected 1 gradients, got 2",
    );
    assertThrows(
      () => runKernel("PointwiseBackpropInput", { dy0: x!, filter0: filter! }),
      RangeError,
      "expected dy0 of shape [2, 3, 3, 5], got [2, 3, 3, 4]",
    );
  },
);

async function assertSame(actual: tf.Tensor, expected: tf.Tensor) {
  const [a, b] = await valuesOf(actual, expected);
  assertNear(a!, b!, 1e-5);
}
