import * as tf from "@tensorflow/tfjs";
import type { Compute } from "../../against_cpu.ts";
import { assertEquals } from "../../../assert.ts";
import { assertDeviceEqualsCpu, deviceTest, useWebGpu } from "../device.ts";
import { countLaunches } from "../launches.ts";

import { nameOf, normalValues, type Shapes, someShapes } from "./shapes.ts";

/** Images and filters, and a bias for each filter. */
function given({ x, filter }: Shapes) {
  return {
    x: tf.tensor4d(normalValues(x, 1), x),
    filter: tf.tensor4d(normalValues(filter, 2), filter),
    bias: tf.tensor1d(normalValues([filter[3]], 3)),
  };
}

for (const shapes of someShapes(12, 29)) {
  const { strides } = shapes;
  deviceTest(
    `tf.conv2d() and tf.fused.conv2d() on webgpu equal the cpu backend's: ${
      nameOf(shapes)
    }`,
    () =>
      assertDeviceEqualsCpu(() => {
        const { x, filter, bias } = given(shapes);
        const fused = { x, filter, strides, pad: "same" } as const;
        return [
          tf.conv2d(x, filter, strides, "same"),
          tf.fused.conv2d({ ...fused, activation: "relu" }),
          tf.fused.conv2d({ ...fused, bias }),
          tf.fused.conv2d({ ...fused, bias, activation: "relu" }),
        ];
      }),
  );
}

const shapes: Shapes = { x: [2, 9, 8, 5], filter: [3, 2, 5, 6], strides: 1 };

/** Other geometries, and what is left to tfjs's kernels. */
const others: Record<string, Compute> = {
  "no padding": () => {
    const { x, filter } = given(shapes);
    return [1, 2, 3].map((strides) => tf.conv2d(x, filter, strides, "valid"));
  },
  "paddings in numbers": () => {
    const { x, filter } = given(shapes);
    return [
      tf.conv2d(x, filter, [2, 1], [[0, 0], [1, 2], [0, 3], [0, 0]]),
      tf.conv2d(x, filter, 3, 2, "NHWC", 1, "ceil"),
    ];
  },
  dilations: () => {
    const { x, filter } = given(shapes);
    return tf.conv2d(x, filter, 1, "same", "NHWC", 2);
  },
  "other activations": () => {
    const { x, filter, bias } = given(shapes);
    const fused = { x, filter, bias, strides: 1, pad: "same" } as const;
    return (["elu", "relu6", "sigmoid"] as const).map((activation) =>
      tf.fused.conv2d({ ...fused, activation })
    );
  },
  "activations with weights": () => {
    const { x, filter, bias } = given(shapes);
    return tf.fused.conv2d({
      ...{ x, filter, bias, strides: 1, pad: "same" },
      activation: "prelu",
      preluActivationWeights: tf.tensor1d(normalValues([6], 4)),
    });
  },
};
for (const [name, compute] of Object.entries(others)) {
  deviceTest(
    `tf.conv2d() on webgpu equals the cpu backend's: ${name}`,
    () => assertDeviceEqualsCpu(compute),
  );
}

deviceTest("tf.fused.conv2d() on webgpu takes one launch", async () => {
  const backend = await useWebGpu();
  const { x, filter, bias } = given(shapes);
  const count = countLaunches(backend, () =>
    tf.dispose(tf.fused.conv2d({
      ...{ x, filter, bias, strides: 1, pad: "same" },
      activation: "relu",
    })));
  assertEquals(count, 1);
  tf.dispose([x, filter, bias]);
});
