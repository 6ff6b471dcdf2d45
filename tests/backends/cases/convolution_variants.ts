import * as tf from "@tensorflow/tfjs";
import { type Compute, normals, tensorOf } from "../against_cpu.ts";

const x = normals([2, 5, 5, 6], 1);
const filter = normals([3, 3, 6, 11], 2);

/** A convolution with what follows it. */
type Fused = Omit<
  Parameters<typeof tf.fused.conv2d>[0],
  "x" | "filter" | "strides" | "pad"
>;

const fused = (options: () => Fused): Compute => () =>
  tf.fused.conv2d({
    x: tensorOf(x) as tf.Tensor4D,
    filter: tensorOf(filter) as tf.Tensor4D,
    strides: 1,
    pad: "same",
    ...options(),
  });

const activations = ["linear", "relu", "relu6", "elu", "sigmoid"] as const;

/** What else tf.conv2d can do, of which kernels leave some to others. */
export const convolutionVariants: Record<string, Compute> = {
  ...Object.fromEntries(
    ([2, [1, 3], [3, 1]] as (number | [number, number])[]).map((dilation) => [
      `conv2d() with dilation ${dilation}`,
      () =>
        tf.conv2d(
          tensorOf(normals([2, 9, 10, 3], 1)) as tf.Tensor4D,
          tensorOf(normals([3, 3, 3, 4], 2)) as tf.Tensor4D,
          1,
          "same",
          "NHWC",
          dilation,
        ),
    ]),
  ),
  ...Object.fromEntries((["ceil", "round"] as const).map((rounding) => [
    `conv2d() where sizes are rounded by ${rounding}`,
    () =>
      tf.conv2d(
        tensorOf(normals([2, 6, 6, 2], 1)) as tf.Tensor4D,
        tensorOf(normals([3, 3, 2, 4], 2)) as tf.Tensor4D,
        2,
        0,
        "NHWC",
        1,
        rounding,
      ),
  ])),
  ...Object.fromEntries(activations.map((activation) => [
    `fused conv2d() with bias and ${activation}`,
    fused(() => ({ bias: tensorOf(normals([11], 3)), activation })),
  ])),
  "fused conv2d() with leakyrelu's slope": fused(() => ({
    activation: "leakyrelu",
    leakyreluAlpha: 0.4,
  })),
  "fused conv2d() with prelu's weights": fused(() => ({
    activation: "prelu",
    preluActivationWeights: tensorOf(normals([11], 3)),
  })),
};
