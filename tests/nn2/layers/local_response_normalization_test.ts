import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { LocalResponseNormalization } from "../../../lib/nn2/layers/local_response_normalization.ts";
import { assertClose, assertGradient, wave } from "./finite_differences.ts";

const layer = new LocalResponseNormalization({});
const normalize = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;

/** Large enough that the divisor is far from 1. */
const loudImage = () => tf.mul(wave([2, 2, 3, 9]), 300);

/** The definition, with Caffe's α per window of five. */
function reference(x: tf.Tensor): tf.Tensor {
  const channels = x.shape.at(-1)!;
  const values = x.dataSync();
  return tf.tensor(
    values.map((value, i) => {
      let sum = 0;
      for (let step = -2; step <= 2; step++) {
        const inside = i % channels + step >= 0 &&
          i % channels + step < channels;
        if (inside) sum += values[i + step]! ** 2;
      }
      return value / (1 + 1e-4 * sum / 5) ** 0.75;
    }),
    x.shape,
  );
}

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`LocalResponseNormalization equals its definition on ${backend}`, async () => {
    await (backend === "wasm" ? useBackend("wasm") : tf.setBackend("cpu"));
    tf.tidy(() => {
      const x = loudImage();
      assertClose(normalize(x), reference(x));
    });
  });

  Deno.test(`LocalResponseNormalization has the gradient of its differences on ${backend}`, async () => {
    await (backend === "wasm" ? useBackend("wasm") : tf.setBackend("cpu"));
    tf.tidy(() =>
      // The step is taken in hundreds, as the values are.
      assertGradient((x) => normalize(tf.mul(x, 300)), wave([1, 2, 2, 7]))
    );
  });
}
