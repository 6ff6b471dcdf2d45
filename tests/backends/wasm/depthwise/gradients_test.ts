import * as tf from "@tensorflow/tfjs";
import { assertEqualsCpu, normals, tensorOf } from "../../against_cpu.ts";

const cases: {
  x: number[];
  filter: number[];
  strides: number | [number, number];
  pad: "same" | "valid" | number;
}[] = [
  { x: [2, 5, 7, 3], filter: [3, 3, 3, 1], strides: 1, pad: "same" },
  { x: [2, 5, 7, 8], filter: [3, 3, 8, 1], strides: 2, pad: "same" },
  { x: [2, 6, 5, 5], filter: [2, 3, 5, 1], strides: 1, pad: "valid" },
  { x: [3, 7, 6, 2], filter: [5, 2, 2, 3], strides: 2, pad: "same" },
  { x: [1, 9, 8, 4], filter: [3, 3, 4, 2], strides: 3, pad: "valid" },
  { x: [2, 4, 4, 2], filter: [3, 3, 2, 2], strides: 1, pad: 2 },
  { x: [2, 1, 1, 4], filter: [5, 5, 4, 1], strides: 1, pad: "same" },
  { x: [1, 6, 6, 3], filter: [1, 1, 3, 1], strides: 3, pad: "valid" },
  { x: [0, 4, 4, 2], filter: [3, 3, 2, 1], strides: 1, pad: "same" },
];

for (const { x, filter, strides, pad } of cases) {
  Deno.test(`depthwiseConv2d()'s gradients equal the cpu backend's: ${x} with ${filter}, stride ${strides}, ${pad}`, async () => {
    const data = [normals(x, 1), normals(filter, 2)];
    await assertEqualsCpu(() => {
      const convolve = (x: tf.Tensor, filter: tf.Tensor) =>
        tf.depthwiseConv2d(
          x as tf.Tensor4D,
          filter as tf.Tensor4D,
          strides,
          pad,
        );
      const inputs = data.map(tensorOf) as [tf.Tensor, tf.Tensor];
      const dy = tensorOf(normals(convolve(...inputs).shape, 3));
      // Memory that was used before must not shine through.
      tf.fill([500], 777).dispose();
      return tf.grads(convolve)(inputs, dy);
    });
  });
}
