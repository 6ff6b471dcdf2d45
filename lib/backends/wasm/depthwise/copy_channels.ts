import * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../runtime/check_inputs.ts";
import type { Geometry } from "../windows/geometry.ts";
import type { WasmBackend } from "../runtime/host.ts";

/** Each channel as often as there are filters for it, one after the other. */
export function copyChannels(
  backend: WasmBackend,
  x: tf.TensorInfo,
  { inChannels, outChannels }: Geometry,
): tf.TensorInfo {
  const filters = outChannels / inChannels;
  if (filters === 1) return x;
  return tf.getKernel("Tile", "wasm").kernelFunc({
    inputs: { x: { ...x, shape: [sizeOf(x.shape), 1] } },
    attrs: { reps: [1, filters] },
    backend,
  }) as tf.TensorInfo;
}
