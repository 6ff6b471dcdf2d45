import type * as tf from "@tensorflow/tfjs";
import { refuse, shown } from "../../../numeric/refuse.ts";
import { tidy } from "../arrays/run_kernel.ts";
import {
  checkNumbers,
  checkTensor,
  refuseKernel,
} from "../runtime/check_inputs.ts";
import type { Host } from "../runtime/host.ts";
import type { Call } from "../runtime/kernel.ts";
import type { WasmBackend } from "../runtime/tfjs_backend.ts";

/** An activation that a fused kernel was asked for. */
export interface Activation {
  activation: tf.fused.Activation | undefined;
  /** The slope of leakyrelu below 0. */
  alpha?: number | undefined;
  /** The slopes of prelu. */
  preluWeights?: tf.TensorInfo | undefined;
}

/** The activation that tfjs's fused kernels are told of. */
export function activationOf({ inputs, attributes }: Call): Activation {
  const { activation, leakyreluAlpha: alpha } = attributes as {
    activation?: tf.fused.Activation;
    leakyreluAlpha?: number;
  };
  return { activation, alpha, preluWeights: inputs.preluActivationWeights };
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
 * Makes sure, before there are values, that {@linkcode activate} can be applied to
 * values of a shape.
 *
 * @throws {RangeError} If tfjs has no such activation, or the slopes of prelu are
 * missing or have another shape.
 */
export function checkActivation(
  host: Host,
  kernel: string,
  shape: readonly number[],
  { activation = "linear", alpha = 0, preluWeights }: Activation,
): void {
  if (activation !== "linear" && !Object.hasOwn(kernelNames, activation)) {
    refuse(
      "apply a fused activation",
      `linear, ${Object.keys(kernelNames).join(", ")}`,
      shown(activation),
    );
  }
  checkNumbers(kernel, { alpha }, ["alpha"]);
  if (activation !== "prelu") return;
  checkBroadcast(host, kernel, "slopes of prelu", preluWeights, shape);
}

/**
 * Makes sure that values are one for each of a shape, or of some axes.
 *
 * @throws {RangeError} If they are missing or have another shape or type.
 */
export function checkBroadcast(
  host: Host,
  kernel: string,
  name: string,
  tensor: tf.TensorInfo | undefined,
  to: readonly number[],
  dtype: tf.DataType = "float32",
): void {
  if (!tensor || !broadcasts(tensor.shape, to)) {
    return refuseKernel(
      kernel,
      `${name} for [${to.join(", ")}]`,
      tensor ? `[${tensor.shape.join(", ")}]` : "nothing",
    );
  }
  checkTensor(host, kernel, name, tensor, tensor.shape, dtype);
}

/** Whether values of a shape are one for each of another shape, or of some axes. */
function broadcasts(
  shape: readonly number[],
  to: readonly number[],
): boolean {
  return shape.length <= to.length &&
    shape.every((side, i) =>
      side === 1 || side === to[to.length - shape.length + i]
    );
}

/**
 * Adds a bias, if there is one, and applies an activation, with tfjs's own kernels;
 * frees the values before them. It serves those that are too rare to be worth a
 * place in ours.
 */
export function activate(
  x: tf.TensorInfo,
  backend: WasmBackend,
  { activation = "linear", alpha, preluWeights }: Activation,
  bias?: tf.TensorInfo,
): tf.TensorInfo {
  return tidy(backend, (run, track) => {
    const y = bias ? run("Add", { a: track(x), b: bias }) : track(x);
    return activation === "linear"
      ? y
      : run(kernelNames[activation]!, { x: y, alpha: preluWeights }, { alpha });
  });
}
