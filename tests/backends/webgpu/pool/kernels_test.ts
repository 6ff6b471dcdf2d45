import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { l2Pool } from "../../../../lib/nn2/layers/l2_pooling.ts";
import { assertAlmostEquals, assertEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";
import { assertEqualsCpu } from "../against_cpu.ts";

/** A pooling and its gradient for rectified normal numbers. */
function pooledAndGradient(
  pool: (x: tf.Tensor4D) => tf.Tensor,
  shape: number[],
): tf.Tensor[] {
  // Rectified, so that windows have several maxima, or zeros alone.
  const x = tf.relu(tensorOf(normals(shape, 1)));
  const y = pool(x as tf.Tensor4D);
  const dy = tensorOf(normals(y.shape, 2));
  return [y, tf.grad((x) => pool(x as tf.Tensor4D))(x, dy)];
}

const shapes = [
  [2, 7, 7, 8],
  [1, 5, 9, 3],
  [3, 1, 2, 1],
  [2, 2, 3, 13],
  [1, 28, 28, 64],
];
const windows = [[3, 1], [3, 2], [2, 2], [5, 2], [1, 2]];

for (const shape of shapes) {
  for (const [size, stride] of windows) {
    const name = `${shape} with ${size}×${size} windows, stride ${stride}`;

    deviceTest(
      `maxPool() and its gradient on webgpu equal the cpu backend's: ${name}`,
      async () => {
        await assertEqualsCpu(() =>
          pooledAndGradient((x) => tf.maxPool(x, size!, stride!, "same"), shape)
        );
      },
    );

    deviceTest(
      `l2Pool() and its gradient on webgpu equal the composed ones: ${name}`,
      async () => {
        await assertEqualsCpu(() =>
          pooledAndGradient((x) => l2Pool(x, size!, stride!), shape)
        );
      },
    );
  }
}

deviceTest(
  "maxPool() on webgpu leaves other paddings and types to tfjs's kernels",
  async () => {
    const x = normals([1, 6, 7, 4], 1);
    await assertEqualsCpu(() =>
      [1, "valid" as const].flatMap((pad) => {
        const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 3, 3, pad);
        return [pool(tensorOf(x)), tf.grad(pool)(tensorOf(x))];
      })
    );
    await useWebGpu();
    const whole = tf.tensor4d([1, 3, 2, 0], [1, 2, 2, 1], "int32");
    const [greatest] = runKernel("MaxPool", { x: whole }, {
      filterSize: 2,
      strides: 2,
      pad: "same",
    });
    assertEquals([...(await valuesOf(greatest!))[0]!], [3]);
    tf.dispose([whole, greatest!]);
  },
);

deviceTest(
  "maxPool() on webgpu of equal values gives its gradient to the first",
  async () => {
    await useWebGpu();
    const dx = tf.tidy(() =>
      tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 3, 3, "same"))(
        tf.ones([1, 3, 4, 4]),
      )
    );
    const [values] = await valuesOf(dx);
    const given = [...values!].flatMap((value, i) => value === 0 ? [] : [i]);
    // The windows begin at columns −1 and 2, of which the first one sees column 0.
    assertEquals(given, [0, 1, 2, 3, 8, 9, 10, 11]);
    dx.dispose();
  },
);

for (const kernel of ["MaxPool", "L2Pool"]) {
  deviceTest(`${kernel}Grad on webgpu is the slope of ${kernel}`, async () => {
    await useWebGpu();
    const window = { filterSize: 3, strides: 2, pad: "same" };
    const shape = [1, 4, 5, 3];
    const x = tensorOf(normals(shape, 1));
    const direction = tensorOf(normals(shape, 2));
    const dy = tensorOf(normals([1, 2, 3, 3], 3));
    const step = 1e-3;
    const slope = tf.tidy(() => {
      const along = (by: number) =>
        tf.sum(tf.mul(
          dy,
          runKernel(
            kernel,
            { x: tf.add(x, tf.mul(direction, by)) },
            window,
          )[0]!,
        ));
      return tf.div(tf.sub(along(step), along(-step)), 2 * step);
    });
    const product = tf.tidy(() => {
      const [output] = runKernel(kernel, { x }, window);
      const inputs = { dy, input: x, output: output! };
      const [dx] = runKernel(`${kernel}Grad`, inputs, window);
      return tf.sum(tf.mul(dx!, direction));
    });
    const [expected, actual] = await valuesOf(slope, product);
    assertAlmostEquals(actual![0]!, expected![0]!, 2e-3);
    tf.dispose([x, direction, dy, slope, product]);
  });

  deviceTest(
    `${kernel}Grad on webgpu adds to a sum in its memory`,
    async () => {
      await useWebGpu();
      const window = { filterSize: 3, strides: 1, pad: "same" };
      const [x, dy] = [1, 2].map((seed) =>
        tensorOf(normals([2, 3, 3, 8], seed))
      );
      const sum = tf.fill([2, 3, 3, 8], 10);
      const [output] = runKernel(kernel, { x: x! }, window);
      const inputs = { dy: dy!, input: x!, output: output! };
      const [alone] = runKernel(`${kernel}Grad`, inputs, window);
      const [both] = runKernel(`${kernel}Grad`, { ...inputs, sum }, window);
      assertEquals(both!.dataId, sum.dataId);
      const [expected, actual] = await valuesOf(alone!, both!);
      expected!.forEach((value, i) =>
        assertAlmostEquals(actual![i]!, 10 + value, 1e-5)
      );
      tf.dispose([x!, dy!, sum, output!, alone!, both!]);
    },
  );
}

deviceTest("maxPool() on webgpu has windows of any size", async () => {
  await assertEqualsCpu(() =>
    [15, 17].flatMap((size) =>
      pooledAndGradient((x) => tf.maxPool(x, size, 3, "same"), [1, 9, 20, 4])
    )
  );
});
