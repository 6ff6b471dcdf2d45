import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertThrows } from "../../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "../runtime/against_cpu.ts";
import { cases } from "./convolution_cases.ts";

for (const { x: shape, kernel, filters, stride, pad } of cases) {
  const name = `${shape.join("×")} with ${kernel.join("×")} filters ` +
    `×${filters}, stride ${stride}, ${pad}`;
  Deno.test(`conv2d() and its gradients equal the cpu backend's: ${name}`, async () => {
    const x = normals(shape, 1);
    const w = normals([...kernel, shape[3], filters], 2);
    await assertEqualsCpu(() => {
      const convolve = (x: tf.Tensor, w: tf.Tensor) =>
        tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad);
      const [input, filter] = [tensorOf(x), tensorOf(w)];
      const y = convolve(input, filter);
      const dy = tensorOf(normals(y.shape, 3));
      return [y, ...tf.grads(convolve)([input, filter], dy)];
    });
  });
}

for (const dilation of [2, [1, 3], [3, 1]] as const) {
  Deno.test(`conv2d() equals the cpu backend's with dilation ${dilation}`, async () => {
    const x = normals([2, 9, 10, 3], 1);
    const w = normals([3, 3, 3, 4], 2);
    await assertEqualsCpu(() =>
      tf.conv2d(
        tensorOf(x) as tf.Tensor4D,
        tensorOf(w) as tf.Tensor4D,
        1,
        "same",
        "NHWC",
        dilation as number | [number, number],
      )
    );
  });
}

for (
  const activation of ["linear", "relu", "relu6", "elu", "sigmoid"] as const
) {
  Deno.test(`fused conv2d() with bias and ${activation} equals the cpu backend's`, async () => {
    const x = normals([2, 5, 5, 6], 1);
    const filter = normals([3, 3, 6, 11], 2);
    const bias = normals([11], 3);
    await assertEqualsCpu(() =>
      tf.fused.conv2d({
        x: tensorOf(x) as tf.Tensor4D,
        filter: tensorOf(filter) as tf.Tensor4D,
        bias: tensorOf(bias),
        strides: 1,
        pad: "same",
        activation,
      })
    );
  });
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

for (const rounding of ["ceil", "round"] as const) {
  Deno.test(`conv2d() equals the cpu backend's where sizes are rounded by ${rounding}`, async () => {
    await assertEqualsCpu(() =>
      tf.conv2d(
        tensorOf(normals([2, 6, 6, 2], 1)) as tf.Tensor4D,
        tensorOf(normals([3, 3, 2, 4], 2)) as tf.Tensor4D,
        2,
        0,
        "NHWC",
        1,
        rounding,
      )
    );
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

Deno.test("fused conv2d() passes on leakyrelu's slope and prelu's weights", async () => {
  const x = normals([2, 5, 5, 6], 1);
  const filter = normals([3, 3, 6, 11], 2);
  const slopes = normals([11], 3);
  await assertEqualsCpu(() => {
    const convolution = {
      x: tensorOf(x) as tf.Tensor4D,
      filter: tensorOf(filter) as tf.Tensor4D,
      strides: 1,
      pad: "same",
    } as const;
    return [
      tf.fused.conv2d({
        ...convolution,
        activation: "leakyrelu",
        leakyreluAlpha: 0.4,
      }),
      tf.fused.conv2d({
        ...convolution,
        activation: "prelu",
        preluActivationWeights: tensorOf(slopes),
      }),
    ];
  });
});
