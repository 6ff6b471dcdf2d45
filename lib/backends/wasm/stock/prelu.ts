import * as tf from "@tensorflow/tfjs";
import { filled } from "../arrays/arrays.ts";
import { tidy } from "../arrays/run_kernel.ts";
import { isRepeated } from "../elementwise/repeated.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import type { WasmBackend } from "../runtime/tfjs_backend.ts";

/**
 * tfjs's `Prelu`. Its own takes the slopes in the order of memory, again and again,
 * which is right only where they have the shape of the last axes.
 */
export const preluKernel: WasmKernel = wasmKernel(
  "Prelu",
  ({ backend, input }) => {
    const [x, alpha] = [input("x"), input("alpha")];
    const areFloats = x.dtype === "float32" && alpha.dtype === "float32";
    return areFloats && isRepeated(alpha.shape, x.shape)
      ? undefined
      : preluOfAnyShape(x, alpha, backend);
  },
);

/** The same for floats of one shape: both sides are repeated as numpy does. */
function preluOfAnyShape(
  x: tf.TensorInfo,
  alpha: tf.TensorInfo,
  backend: WasmBackend,
): tf.TensorInfo {
  const shape = tf.backend_util.assertAndGetBroadcastShape(
    x.shape,
    alpha.shape,
  );
  if (sizeOf(shape) === 0) return backend.makeOutput(shape, "float32");
  return tidy(backend, (run, track) => {
    // tfjs's `Tile` takes a hundred times as long as a product.
    const ones = track(filled(backend, shape, "float32", 1));
    const repeated = (x: tf.TensorInfo) => {
      const floats = run("Cast", { x }, { dtype: "float32" });
      return run("Multiply", { a: floats, b: ones });
    };
    return run("Prelu", { x: repeated(x), alpha: repeated(alpha) });
  });
}
