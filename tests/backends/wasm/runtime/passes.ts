import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";

/** The numbers of a 3×3 convolution of stride 1 with "same" padding. */
export interface Passes {
  /** `[batch, height, width, channels]`. */
  shape: [number, number, number, number];
  filters: number;
  x: Float32Array;
  w: Float32Array;
  dy: Float32Array;
}

/** What the three passes of a convolution give. */
export interface PassResults {
  y: Float32Array;
  dx: Float32Array;
  dw: Float32Array;
}

/** The same number everywhere, in a convolution's three arguments. */
export function constantPasses(
  shape: Passes["shape"],
  filters: number,
  value: number,
): Passes {
  const [count, height, width, channels] = shape;
  const pixels = count * height * width;
  const filled = (size: number) => new Float32Array(size).fill(value);
  return {
    shape,
    filters,
    x: filled(pixels * channels),
    w: filled(9 * channels * filters),
    dy: filled(pixels * filters),
  };
}

/** Runs the three passes on a backend through tfjs's own operations. */
export async function runPasses(
  backend: "cpu" | "wasm",
  { shape, filters, x, w, dy }: Passes,
): Promise<PassResults> {
  await useBackend(backend);
  return tf.tidy(() => {
    const [count, height, width, channels] = shape;
    const inputs = [
      tf.tensor4d(x, shape),
      tf.tensor4d(w, [3, 3, channels, filters]),
    ];
    const convolve = (...given: tf.Tensor[]) => {
      const [x, w] = given as [tf.Tensor4D, tf.Tensor4D];
      return tf.conv2d(x, w, 1, "same");
    };
    const slopes = tf.tensor4d(dy, [count, height, width, filters]);
    const { value, grads } = tf.valueAndGrads(convolve)(inputs, slopes);
    const [y, dx, dw] = [value, ...grads].map((tensor) =>
      tensor.dataSync<"float32">().slice()
    ) as [Float32Array, Float32Array, Float32Array];
    return { y, dx, dw };
  });
}
