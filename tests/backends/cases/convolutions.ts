import * as tf from "@tensorflow/tfjs";
import { type Compute, normals, tensorOf } from "../against_cpu.ts";

/** A convolution to try: `[batch, height, width, channels]` and its filters. */
export interface Convolution {
  x: [number, number, number, number];
  kernel: [number, number];
  filters: number;
  stride: number | [number, number];
  pad: "same" | "valid" | number;
}

function of(
  x: Convolution["x"],
  kernel: number | [number, number],
  filters: number,
  stride: Convolution["stride"] = 1,
  pad: Convolution["pad"] = "same",
): Convolution {
  const sides: [number, number] = typeof kernel === "number"
    ? [kernel, kernel]
    : kernel;
  return { x, kernel: sides, filters, stride, pad };
}

/** Every kernel size, stride and padding of NN2. */
const small = [1, 3, 5, 7, 2].flatMap((kernel) =>
  [1, 2, 3].flatMap((stride) =>
    (["same", "valid"] as const).map((pad) =>
      of([2, 9, 8, 1 + kernel], kernel, 5 + stride, stride, pad)
    )
  )
);

/** What the kernels treat each in its own way, with odd sizes. */
export const convolutions: Convolution[] = [
  ...small,
  // Depths around the panel's 96 and its steps of 8, widths around the tile's 8.
  ...[63, 64, 65, 72, 96, 97, 130].map((channels) =>
    of([1, 4, 3, channels], 1, channels % 2 ? 16 : 17)
  ),
  // One channel, one filter, one pixel; unequal sides and strides; paddings.
  of([1, 1, 1, 1], 1, 1),
  of([3, 7, 5, 3], [3, 1], 8, [2, 1]),
  of([3, 5, 7, 3], [1, 4], 8, [1, 3], "valid"),
  of([2, 6, 6, 2], 3, 3, 1, 2),
  of([2, 6, 6, 2], 1, 3, 3, 0),
  // More images than a chunk.
  of([30, 11, 11, 2], 3, 9),
  // What Winograd's tiles would be worth it for.
  of([10, 7, 6, 17], 3, 18),
  of([10, 9, 12, 18], 3, 16, 1, "valid"),
  // Images cut into bands of rows: with runs of taps gathered, and without.
  of([2, 41, 40, 2], [5, 3], 7),
  of([2, 41, 40, 12], [5, 3], 7),
  of([1, 75, 66, 3], 7, 9, 2),
  // Channels and images enough to leave out the products with padding: taps
  // that see all windows, some, or none; images that are far from a tap.
  of([13, 4, 4, 17], 3, 10),
  of([13, 2, 2, 17], 3, 10),
  of([13, 4, 4, 17], 5, 10),
  of([13, 2, 2, 17], 5, 10),
  of([30, 1, 1, 9], 5, 10),
  of([13, 7, 7, 17], 3, 10, 2),
  of([13, 4, 4, 17], 5, 10, 2),
  of([9, 5, 6, 16], [5, 3], 8, [2, 1]),
  ...[1, 2, 3].map((pad) => of([12, 2, 3, 16], 3, 9, 1, pad)),
];

/** In words. */
export const nameOf = (
  { x, kernel, filters, stride, pad }: Convolution,
): string =>
  `${x.join("×")} with ${kernel.join("×")} filters ` +
  `×${filters}, stride ${stride}, ${pad}`;

/** A convolution of normal numbers and its gradients in images and filters. */
export function convolutionAndGradients(
  { x: shape, kernel, filters, stride, pad }: Convolution,
): Compute {
  const x = normals(shape, 1);
  const w = normals([...kernel, shape[3], filters], 2);
  return () => {
    const convolve = (x: tf.Tensor, w: tf.Tensor) =>
      tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad);
    const [input, filter] = [tensorOf(x), tensorOf(w)];
    const y = convolve(input, filter);
    const dy = tensorOf(normals(y.shape, 3));
    return [y, ...tf.grads(convolve)([input, filter], dy)];
  };
}
