import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "./host.ts";

/** An activation that a fused kernel was asked for. */
export interface Activation {
  activation: tf.fused.Activation | undefined;
  /** The slope of leakyrelu below 0. */
  alpha?: number | undefined;
  /** The slopes of prelu. */
  preluWeights?: tf.TensorInfo | undefined;
}

const kernelNames: Record<string, string> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  sigmoid: "Sigmoid",
  leakyrelu: "LeakyRelu",
  prelu: "Prelu",
};

/**
 * Applies an activation with tfjs's own kernel and frees the values before it.
 * It serves those that are too rare to be worth a place in ours.
 *
 * @throws {RangeError} If tfjs has no such activation.
 */
export function activate(
  x: tf.TensorInfo,
  backend: WasmBackend,
  { activation = "linear", alpha, preluWeights }: Activation,
): tf.TensorInfo {
  if (activation === "linear") return x;
  const kernelName = kernelNames[activation];
  if (!kernelName) {
    backend.disposeData(x.dataId);
    throw new RangeError(
      `Cannot apply a fused activation: expected linear, ` +
        `${Object.keys(kernelNames).join(", ")}, got ${activation}`,
    );
  }
  return replace(kernelName, x, backend, {
    ...(preluWeights && { alpha: preluWeights }),
  }, alpha === undefined ? {} : { alpha });
}

/** Runs another kernel on `x` and frees `x`. */
export function replace(
  kernelName: string,
  x: tf.TensorInfo,
  backend: WasmBackend,
  others: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap = {},
): tf.TensorInfo {
  const { kernelFunc } = tf.getKernel(kernelName, "wasm");
  const inputs = kernelName === "Add" ? { a: x, ...others } : { x, ...others };
  try {
    return kernelFunc({ inputs, attrs, backend }) as tf.TensorInfo;
  } finally {
    backend.disposeData(x.dataId);
  }
}
