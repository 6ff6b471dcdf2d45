import * as tf from "@tensorflow/tfjs";
import { L2Normalization } from "../../../../lib/nn2/layers/l2_normalization.ts";
import { normals, tensorOf } from "../../against_cpu.ts";
import { assertEqualsCpu } from "../against_cpu.ts";
import { deviceTest } from "../device.ts";

for (
  const [count, size] of [[1, 1], [7, 128], [3, 65], [2, 1000], [70_000, 2]]
) {
  // Also rows shorter than 1e-6, and of zeros.
  for (const factor of [1, 1e-8, 0]) {
    deviceTest(
      `L2Normalization and its gradient on webgpu equal the cpu backend's: [${count}, ${size}] by ${factor}`,
      async () => {
        await assertEqualsCpu(() => {
          const shape = [count!, size!];
          const x = tf.mul(tensorOf(normals(shape, 1)), factor);
          const dy = tensorOf(normals(shape, 2));
          const layer = new L2Normalization({});
          return [
            layer.call(x),
            tf.grad((x) => layer.call(x))(x, dy),
          ];
        }, 1e-4);
      },
    );
  }
}
