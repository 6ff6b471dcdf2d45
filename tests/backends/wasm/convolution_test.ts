import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { assertThrows } from "../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "./against_cpu.ts";

interface Case {
  batch: number;
  size: [number, number];
  channels: number;
  filters: number;
  kernel: [number, number];
  stride: number | [number, number];
  pad: "same" | "valid" | number;
}

/** Every kernel size, stride and padding of NN2, and odd ones beside them. */
const cases: Case[] = [];
for (const kernel of [1, 3, 5, 7, 2]) {
  for (const stride of [1, 2, 3]) {
    for (const pad of ["same", "valid"] as const) {
      cases.push({
        batch: 2,
        size: [9, 8],
        channels: 1 + kernel,
        filters: 5 + stride,
        kernel: [kernel, kernel],
        stride,
        pad,
      });
    }
  }
}
cases.push(
  // Depths around the panel's 96 and its steps of 8, widths around the tile's 8.
  ...[63, 64, 65, 72, 96, 97, 130].map((channels): Case => ({
    batch: 1,
    size: [4, 3],
    channels,
    filters: channels % 2 ? 16 : 17,
    kernel: [1, 1],
    stride: 1,
    pad: "same",
  })),
  // One channel, one filter, one pixel; unequal sides; more images than a chunk.
  {
    batch: 1,
    size: [1, 1],
    channels: 1,
    filters: 1,
    kernel: [1, 1],
    stride: 1,
    pad: "same",
  },
  {
    batch: 3,
    size: [7, 5],
    channels: 3,
    filters: 8,
    kernel: [3, 1],
    stride: [2, 1],
    pad: "same",
  },
  {
    batch: 3,
    size: [5, 7],
    channels: 3,
    filters: 8,
    kernel: [1, 4],
    stride: [1, 3],
    pad: "valid",
  },
  {
    batch: 2,
    size: [6, 6],
    channels: 2,
    filters: 3,
    kernel: [3, 3],
    stride: 1,
    pad: 2,
  },
  {
    batch: 2,
    size: [6, 6],
    channels: 2,
    filters: 3,
    kernel: [1, 1],
    stride: 3,
    pad: 0,
  },
  // Done in tiles of 4×4 pixels.
  {
    batch: 10,
    size: [7, 6],
    channels: 17,
    filters: 18,
    kernel: [3, 3],
    stride: 1,
    pad: "same",
  },
  {
    batch: 10,
    size: [9, 12],
    channels: 18,
    filters: 16,
    kernel: [3, 3],
    stride: 1,
    pad: "valid",
  },
  // Images cut into bands of rows: with runs of taps gathered, and without.
  ...[2, 12].map((channels): Case => ({
    batch: 2,
    size: [41, 40],
    channels,
    filters: 7,
    kernel: [5, 3],
    stride: 1,
    pad: "same",
  })),
  {
    batch: 1,
    size: [75, 66],
    channels: 3,
    filters: 9,
    kernel: [7, 7],
    stride: 2,
    pad: "same",
  },
  // Channels and images enough to leave out the products with padding: taps
  // that see all windows, some, or none.
  ...([[4, 3, 1], [2, 3, 1], [4, 5, 1], [2, 5, 1], [7, 3, 2], [
    4,
    5,
    2,
  ]] as const)
    .map(([size, kernel, stride]): Case => ({
      batch: 13,
      size: [size, size],
      channels: 17,
      filters: 10,
      kernel: [kernel, kernel],
      stride,
      pad: "same",
    })),
  {
    batch: 9,
    size: [5, 6],
    channels: 16,
    filters: 8,
    kernel: [5, 3],
    stride: [2, 1],
    pad: "same",
  },
  ...[1, 2, 3].map((pad): Case => ({
    batch: 12,
    size: [2, 3],
    channels: 16,
    filters: 9,
    kernel: [3, 3],
    stride: 1,
    pad,
  })),
  {
    batch: 30,
    size: [11, 11],
    channels: 2,
    filters: 9,
    kernel: [3, 3],
    stride: 1,
    pad: "same",
  },
);

for (const test of cases) {
  const { batch, size, channels, filters, kernel, stride, pad } = test;
  const name = `${batch}×${size.join("×")}×${channels} with ` +
    `${kernel.join("×")} filters ×${filters}, stride ${stride}, ${pad}`;
  Deno.test(`conv2d() and its gradients equal the cpu backend's: ${name}`, async () => {
    const x = normals([batch, ...size, channels], 1);
    const w = normals([...kernel, channels, filters], 2);
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
