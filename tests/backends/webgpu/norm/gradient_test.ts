import * as tf from "@tensorflow/tfjs";
import { gradientByOperations } from "../../../../lib/nn2/layers/normalized_conv2d_operations.ts";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { assertEquals } from "../../../assert.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";
import { normals, tensorOf } from "../../against_cpu.ts";
import { countLaunches } from "../launches.ts";
import { assertNear } from "../near.ts";
import { withLimits } from "../with_limits.ts";

/** What a normalized convolution keeps for its gradient, and a gradient. */
function given(shape: [number, number, number, number]) {
  const channels = shape[3];
  const constants = normals([4, channels], 1);
  // Mean, inverse deviation, scale, beta.
  for (let c = 0; c < channels; c++) {
    constants.values[channels + c] = 0.5 + Math.abs(constants.values[c]!);
  }
  return {
    dy: normals(shape, 2),
    z: normals(shape, 3),
    constants,
  };
}

const shapes: [number, number, number, number][] = [
  [1, 1, 1, 1],
  [1, 3, 5, 3],
  [2, 7, 7, 16],
  [1, 4, 4, 65],
  [3, 2, 2, 384],
  // More rows than one workgroup has at once.
  [5, 17, 19, 5],
  [20, 14, 14, 12],
  [13, 14, 13, 100],
];

for (const shape of shapes) {
  for (const inPlace of [false, true]) {
    const name = `${shape}${inPlace ? ", in place" : ""}`;

    deviceTest(
      `NormalizationGrad on webgpu equals the reference: ${name}`,
      async () => {
        const { dy, z, constants } = given(shape);
        await tf.setBackend("cpu");
        const expected = await valuesOf(...gradientByOperations(
          tensorOf(dy),
          tensorOf(z),
          tensorOf(constants),
        ));
        await useWebGpu();
        const inputs = {
          dy: tensorOf(dy),
          z: tensorOf(z),
          constants: tensorOf(constants),
        };
        const results = runKernel("NormalizationGrad", inputs, { inPlace });
        const [dz, dGamma, dBeta, dBias] = await valuesOf(...results);
        assertNear(dz!, expected[0]!, 1e-4);
        assertNear(dGamma!, expected[1]!, 1e-4);
        assertNear(dBeta!, expected[2]!, 1e-4);
        assertEquals([...dBias!], Array(shape[3]).fill(0));
        assertEquals(results[0]!.dataId === inputs.dy.dataId, inPlace);
        tf.dispose([results, inputs]);
      },
    );
  }
}

deviceTest("NormalizationGrad on webgpu of no rows is zeros", async () => {
  await useWebGpu();
  const empty = tf.zeros([0, 2, 2, 3]);
  const inputs = { dy: empty, z: empty, constants: tf.ones([4, 3]) };
  const results = runKernel("NormalizationGrad", inputs, { inPlace: false });
  const values = await valuesOf(...results.slice(1));
  assertEquals(values.map((each) => [...each]), Array(3).fill([0, 0, 0]));
  tf.dispose([results, inputs]);
});

for (const channels of [[96, 16, 64], [3, 8], [4, 4, 4, 4, 4, 5]]) {
  for (const inPlace of [false, true]) {
    for (const side of [5, 14]) {
      const name = `${channels} channels of ${side}×${side} pixels${
        inPlace ? ", in place" : ""
      }`;

      deviceTest(
        `NormalizationGrads on webgpu equals the reference: ${name}`,
        async () => {
          const all = channels.map((count) => given([11, side, side, count]));
          await tf.setBackend("cpu");
          const expected = await valuesOf(
            ...all.flatMap(({ dy, z, constants }) =>
              gradientByOperations(
                tensorOf(dy),
                tensorOf(z),
                tensorOf(constants),
              )
            ),
          );
          await useWebGpu();
          const inputs = Object.fromEntries(
            all.flatMap((each, i) =>
              Object.entries(each)
                .map(([name, value]) => [`${name}${i}`, tensorOf(value)])
            ),
          );
          const results = runKernel("NormalizationGrads", inputs, { inPlace });
          const values = await valuesOf(
            ...results.filter((_, i) => i % 4 < 3),
          );
          values.forEach((each, i) => assertNear(each, expected[i]!, 1e-4));
          tf.dispose([results, inputs]);
        },
      );
    }
  }
}

deviceTest(
  "NormalizationGrads on webgpu binds no more buffers than WebGPU promises",
  async () => {
    const backend = await useWebGpu();
    const inputs = Object.fromEntries(
      [4, 8, 3].flatMap((count, i) =>
        Object.entries(given([3, 4, 4, count]))
          .map(([name, value]) => [`${name}${i}`, tensorOf(value)])
      ),
    );
    const run = () =>
      runKernel("NormalizationGrads", inputs, { inPlace: false });
    const expected = run();
    const limits = { maxStorageBuffersPerShaderStage: 8 };
    let actual: tf.Tensor[] = [];
    const launches = await withLimits(
      backend,
      limits,
      () => countLaunches(backend, () => actual = run()),
    );
    assertEquals(launches, 3);
    assertEquals(countLaunches(backend, () => tf.dispose(run())), 1);
    assertEquals(await valuesOf(...actual), await valuesOf(...expected));
    tf.dispose([inputs, expected, actual]);
  },
);
