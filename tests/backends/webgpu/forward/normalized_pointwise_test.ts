import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { kernelInputs } from "../../../../lib/nn2/layers/normalized_conv2d_kernels.ts";
import { convolveByOperations } from "../../../../lib/nn2/layers/normalized_conv2d_operations.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { assertDeviceEqualsCpu, deviceTest, useWebGpu } from "../device.ts";
import { countLaunches } from "../launches.ts";
import { layerOf, withStrides } from "./layers.ts";
import { normalValues } from "./shapes.ts";

/** Images and the filters of some 1×1 convolutions of them. */
const cases: { x: [number, number, number, number]; filters: number[] }[] = [
  { x: [1, 1, 1, 1], filters: [1] },
  { x: [2, 3, 4, 5], filters: [16, 3] },
  { x: [3, 7, 7, 64], filters: [96, 16, 64] },
  { x: [20, 4, 4, 40], filters: [7, 16, 48, 2] },
  { x: [2, 5, 5, 20], filters: [4, 8, 12, 4, 5, 6, 7] },
  { x: [9, 15, 14, 3], filters: [70, 130] },
];

/** All inputs of the layers together. */
const inputsOf = (x: tf.Tensor, layers: ReturnType<typeof layerOf>[]) =>
  Object.fromEntries([
    ["x", x],
    ...layers.flatMap((layer, i) => {
      const { x: _, ...inputs } = kernelInputs<tf.Tensor>(x, layer);
      return Object.entries(inputs).map((
        [name, each],
      ) => [`${name}${i}`, each]);
    }),
  ]) as Record<string, tf.Tensor>;

const layersOf = (channels: number, filters: number[]) =>
  filters.map((count, i) => layerOf([1, 1, channels, count], 2 + i));

for (const { x, filters } of cases) {
  deviceTest(
    `NormalizedPointwiseTraining on webgpu equals its operations: [${x}] with ${filters} filters`,
    () =>
      assertDeviceEqualsCpu(() => {
        const images = tf.tensor4d(normalValues(x, 1), x);
        const layers = layersOf(x[3], filters);
        const options = withStrides(1);
        const results = tf.getBackend() === "webgpu"
          ? runKernel("NormalizedPointwiseTraining", inputsOf(images, layers), {
            ...options,
          })
          : layers.flatMap((layer) =>
            convolveByOperations(images, layer, options)
          );
        for (const { movingMean, movingVariance } of layers) {
          tf.dispose([movingMean, movingVariance]);
        }
        return results;
      }),
  );
}

deviceTest(
  "NormalizedPointwiseTraining on webgpu takes two launches for each",
  async () => {
    const backend = await useWebGpu();
    const inputs = inputsOf(tf.zeros([2, 3, 3, 4]), layersOf(4, [5, 6, 7]));
    const { numDataIds } = tf.backend();
    const held = numDataIds.call(tf.backend());
    const count = countLaunches(backend, () =>
      tf.dispose(
        runKernel("NormalizedPointwiseTraining", inputs, { ...withStrides(1) }),
      ));
    assertEquals(count, 2 * 3);
    assertEquals(tf.backend().numDataIds(), held);
    tf.dispose(inputs);
  },
);

deviceTest(
  "NormalizedPointwiseTraining on webgpu refuses a wrong call",
  async () => {
    await useWebGpu();
    const inputs = inputsOf(tf.zeros([2, 3, 3, 4]), layersOf(4, [5, 6]));
    const run =
      (others: Record<string, tf.Tensor>, options: object = {}) => () =>
        runKernel("NormalizedPointwiseTraining", { ...inputs, ...others }, {
          ...withStrides(1),
          ...options,
        });
    assertThrows(
      run({ filter1: tf.zeros([1, 1, 3, 6]) }),
      RangeError,
      "expected filter1 of shape [1, 1, 4, any], got [1, 1, 3, 6]",
    );
    assertThrows(
      run({ gamma1: tf.zeros([5]) }),
      RangeError,
      "expected gamma1 of shape [6], got [5]",
    );
    assertThrows(
      run({}, { epsilon: "1" }),
      RangeError,
      "expected a finite epsilon",
    );
    tf.dispose(inputs);
  },
);
