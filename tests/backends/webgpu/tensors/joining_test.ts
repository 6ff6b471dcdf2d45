import * as tf from "@tensorflow/tfjs";
import { callKernel } from "../../../../lib/backends/engine/kernels.ts";
import { assertEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";
import { assertEqualsCpu } from "../against_cpu.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";

const cases: [shape: number[], axis: number, sizes: number[]][] = [
  [[2, 5, 3, 0], 3, [64, 128, 32, 32]],
  [[1, 1, 1, 0], 3, [1, 2]],
  [[3, 2, 7, 0], 3, [4, 3, 16, 1, 8]],
  [[2, 0, 3], 1, [1, 4, 2]],
  [[0, 3], 0, [2, 1]],
  // More parts than a launch binds on every device.
  [[2, 0], 1, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
];

for (const [shape, axis, sizes] of cases) {
  deviceTest(
    `concat() and split() on webgpu equal the cpu backend's: ${sizes} on axis ${axis} of [${shape}]`,
    async () => {
      await assertEqualsCpu(() => {
        const parts = sizes.map((size, i) =>
          tensorOf(normals(shape.with(axis, size), i))
        );
        const whole = tf.concat(parts, axis);
        return [whole, ...tf.split(whole, sizes, axis)];
      }, 0);
    },
  );
}

deviceTest(
  "concat() and split() on webgpu leave empty parts and other types to tfjs's kernels",
  async () => {
    await assertEqualsCpu(() => {
      const whole = tf.tensor2d([[1, 2, 3, 4]], [1, 4], "int32");
      const parts = tf.split(whole, 2, 1);
      return [
        tf.concat([...parts, ...parts], 1),
        tf.concat([tf.zeros([2, 0]), tf.ones([2, 1]), tf.ones([2, 2])], 1),
        ...tf.split(tf.range(0, 4), [1, -1]),
      ];
    }, 0);
  },
);

deviceTest("Concat on webgpu copies a single part", async () => {
  const backend = await useWebGpu();
  const x = tf.tensor4d([1, 2, 3], [1, 1, 1, 3]);
  const [copy] = callKernel("Concat", [x], { axis: 3 });
  const tensor = tf.engine().makeTensorFromTensorInfo(copy!);
  assertEquals([...(await valuesOf(tensor))[0]!], [1, 2, 3]);
  assertEquals(backend.tensorMap.get(x.dataId).refCount, 1);
  tf.dispose([x, tensor]);
});
