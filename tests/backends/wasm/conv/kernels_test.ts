import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertThrows } from "../../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "../../against_cpu.ts";
import { convolutionVariants } from "../../cases/convolution_variants.ts";
import {
  convolutionAndGradients,
  convolutions,
  nameOf,
} from "../../cases/convolutions.ts";

for (const convolution of convolutions) {
  const name = nameOf(convolution);
  Deno.test(`conv2d() and its gradients equal the cpu backend's: ${name}`, () =>
    assertEqualsCpu(convolutionAndGradients(convolution)));
}

for (const [name, compute] of Object.entries(convolutionVariants)) {
  Deno.test(`${name} equals the cpu backend's`, () => assertEqualsCpu(compute));
}

for (
  const [shape, kernel] of [
    [[2, 41, 40, 2], 5],
    [[30, 11, 11, 2], 5],
    [[10, 9, 9, 16], 3],
  ] as const
) {
  Deno.test(`fused conv2d() adds its bias to every pixel of every chunk: ${shape}`, async () => {
    const x = normals([...shape], 1);
    const filter = normals([kernel, kernel, shape[3], 17], 2);
    const bias = normals([17], 3);
    await assertEqualsCpu(() =>
      tf.fused.conv2d({
        x: tensorOf(x) as tf.Tensor4D,
        filter: tensorOf(filter) as tf.Tensor4D,
        bias: tensorOf(bias),
        strides: 1,
        pad: "same",
        activation: "relu",
      })
    );
  });
}

Deno.test("conv2d() refuses channels first with a clear error", async () => {
  await useBackend("wasm");
  const [x, filter] = [tf.ones([1, 2, 5, 5]), tf.ones([3, 3, 2, 4])];
  assertThrows(
    () => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same", "NCHW"),
    RangeError,
    "expected dataFormat NHWC, got NCHW",
  );
  tf.dispose([x, filter]);
});

for (
  const [name, x, filter, pad] of [
    ["no output rows", [1, 2, 5, 1], [3, 3, 1, 2], "valid"],
    ["an empty batch", [0, 5, 5, 2], [3, 3, 2, 4], "same"],
  ] as [string, number[], number[], "same" | "valid"][]
) {
  Deno.test(`conv2d()'s gradients are 0 for ${name}`, async () => {
    await assertEqualsCpu(() => {
      const convolve = (x: tf.Tensor, filter: tf.Tensor) =>
        tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, pad);
      const inputs = [tensorOf(normals(x, 1)), tensorOf(normals(filter, 2))];
      // Memory that was used before must not shine through.
      tf.fill([500], 777).dispose();
      const y = convolve(inputs[0]!, inputs[1]!);
      return tf.grads(convolve)(inputs, tf.ones(y.shape));
    });
  });
}

Deno.test("conv2d()'s gradients refuse a gradient of another shape", async () => {
  await useBackend("wasm");
  const [x, filter] = [tf.ones([1, 2, 2, 1]), tf.ones([3, 3, 1, 1])] as [
    tf.Tensor4D,
    tf.Tensor4D,
  ];
  assertThrows(
    () => tf.conv2dTranspose(x, filter, [1, 40, 40, 1], 2, "same"),
    RangeError,
    "expected a gradient of shape [1,20,20,1], got [1,2,2,1]",
  );
  tf.dispose([x, filter]);
});
