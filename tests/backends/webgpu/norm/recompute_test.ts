import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { normals, tensorOf } from "../../against_cpu.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";
import { assertNear } from "../near.ts";

for (const shape of [[1, 1, 1, 1], [2, 7, 5, 12], [1, 3, 3, 65]]) {
  deviceTest(
    `RecomputeNormalizedRelu on webgpu is relu((z − mean) · scale + beta): ${shape}`,
    async () => {
      const channels = shape[3]!;
      const given = {
        z: normals(shape, 1),
        constants: normals([4, channels], 2),
      };
      const expected = given.z.values.map((value, i) => {
        const [mean, , scale, beta] = [0, 1, 2, 3].map((row) =>
          given.constants.values[row * channels + i % channels]!
        ) as [number, number, number, number];
        return Math.max(0, (value - mean) * scale + beta);
      });
      await useWebGpu();
      const inputs = {
        z: tensorOf(given.z),
        constants: tensorOf(given.constants),
      };
      const [y] = runKernel("RecomputeNormalizedRelu", inputs);
      assertNear((await valuesOf(y!))[0]!, expected, 1e-5);
      tf.dispose([inputs, y!]);
    },
  );
}
