import * as tf from "@tensorflow/tfjs";
import { activate } from "../epilogue/activate.ts";
import type { WasmBackend } from "../runtime/host.ts";
import { override } from "../runtime/override.ts";
import { runKernel, sizeOf } from "../arrays/arrays.ts";
import { broadcastTo } from "../arrays/broadcast.ts";

/**
 * tfjs's `Prelu`, alone and behind a depthwise convolution. Its own takes the
 * slopes in the order of memory, again and again, which is right only where they
 * have the shape of the last axes.
 */
export const preluKernels: tf.KernelConfig[] = [
  override("Prelu", ({ x, alpha }, _attrs, backend) => {
    const areFloats = x!.dtype === "float32" && alpha!.dtype === "float32";
    const isRight = areFloats && isRepeated(alpha!.shape, x!.shape) &&
      sizeOf(alpha!.shape) > 0;
    return isRight ? undefined : preluOfAnyShape(x!, alpha!, backend);
  }),
  override("FusedDepthwiseConv2D", (inputs, attrs, backend) => {
    if ((attrs as { activation?: string }).activation !== "prelu") {
      return undefined;
    }
    const { preluActivationWeights, ...others } = inputs;
    const linear = { ...attrs as object, activation: "linear" };
    return activate(
      runKernel(backend, "FusedDepthwiseConv2D", others, linear),
      backend,
      { activation: "prelu", preluWeights: preluActivationWeights },
    );
  }),
];

/** Whether a shape is broadcast to another by repeating it as a whole. */
function isRepeated(part: number[], whole: number[]): boolean {
  if (part.length > whole.length) return false;
  const first = part.findIndex((side) => side !== 1);
  const sides = first < 0 ? [] : part.slice(first);
  return sides.every((side, i) => side === whole.at(i - sides.length));
}

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
  const repeated = (tensor: tf.TensorInfo) => {
    const floats = runKernel(backend, "Cast", { x: tensor }, {
      dtype: "float32",
    });
    const all = broadcastTo(backend, floats, shape);
    backend.disposeData(floats.dataId);
    return all;
  };
  const inputs = { x: repeated(x), alpha: repeated(alpha) };
  const y = runKernel(backend, "Prelu", inputs);
  for (const { dataId } of Object.values(inputs)) backend.disposeData(dataId);
  return y;
}
