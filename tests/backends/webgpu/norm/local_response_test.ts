import * as tf from "@tensorflow/tfjs";
import { normals, tensorOf } from "../../against_cpu.ts";
import { assertEqualsCpu } from "../against_cpu.ts";
import { deviceTest } from "../device.ts";

for (
  const [shape, radius] of [[[2, 5, 3, 64], 2], [[1, 2, 2, 3], 5], [[
    3,
    1,
    1,
    1,
  ], 0]] as const
) {
  deviceTest(
    `localResponseNormalization() and its gradient on webgpu equal the cpu backend's: radius ${radius} of [${shape}]`,
    async () => {
      await assertEqualsCpu(() => {
        const normalize = (x: tf.Tensor) =>
          tf.localResponseNormalization(x as tf.Tensor4D, radius, 1, 0.3, 0.75);
        const [x, dy] = [1, 2].map((seed) =>
          tensorOf(normals([...shape], seed))
        );
        return [normalize(x!), tf.grad(normalize)(x!, dy!)];
      });
    },
  );
}
