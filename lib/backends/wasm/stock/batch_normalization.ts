/**
 * Batch normalization over any axis, and without a scale or an offset. In tfjs 4.22
 * `FusedBatchNorm` takes statistics of shape `[1, 2, 1, 1]` for those of the last
 * axis, on every backend; its gradient has the wrong shape then, and throws where
 * there is no scale or no offset.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import { mendNormalizationLayers } from "./normalization_layers.ts";

const kernelName = "FusedBatchNorm";
type Name = "x" | "mean" | "variance" | "scale" | "offset";
type Inputs = { [N in Name]?: tf.TensorInfo };

/**
 * (x − mean) / sqrt(variance + ε) · scale + offset, each broadcast to x, by the
 * backend's kernels of one operation each.
 */
function normalize(
  backendName: string,
  inputs: Inputs,
  epsilon: number,
  backend: object,
): tf.TensorInfo {
  const made: tf.TensorInfo[] = [];
  const run = (name: string, inputs: tf.NamedTensorInfoMap) => {
    const { kernelFunc } = tf.getKernel(name, backendName);
    const output = kernelFunc({ inputs, attrs: {}, backend }) as tf.TensorInfo;
    made.push(output);
    return output;
  };
  const { x, mean, variance, scale, offset } = inputs;
  const small = tf.scalar(epsilon);
  try {
    const inverse = run("Rsqrt", {
      x: run("Add", { a: variance!, b: small }),
    });
    const factor = scale ? run("Multiply", { a: inverse, b: scale }) : inverse;
    const centered = run("Sub", { a: x!, b: mean! });
    const y = run("Multiply", { a: centered, b: factor });
    return offset ? run("Add", { a: y, b: offset }) : y;
  } finally {
    small.dispose();
    made.pop();
    const { disposeData } = backend as { disposeData(dataId: object): boolean };
    for (const { dataId } of made) disposeData.call(backend, dataId);
  }
}

/** Whether all statistics are a vector for the last axis, as the kernels take them. */
function areOfLastAxis({ x, ...others }: Inputs): boolean {
  const channels = String(x!.shape.at(-1));
  return Object.values(others).every((each) =>
    !each || each.shape.join() === channels
  );
}

/** @throws {RangeError} If statistics are missing or do not broadcast to x. */
function checkBroadcast(inputs: Inputs): void {
  const { x, mean, variance, ...optional } = inputs;
  for (const [name, each] of Object.entries({ mean, variance, ...optional })) {
    if (!each && name in optional) continue;
    const sides = each?.shape ?? [];
    const fits = each && sides.length <= x!.shape.length &&
      sides.every((side, i) =>
        side === 1 || side === x!.shape[i + x!.shape.length - sides.length]
      );
    if (fits && each.dtype === "float32") continue;
    refuse(
      `run ${kernelName}`,
      `${name} of float32 that broadcasts to [${x!.shape.join(", ")}]`,
      each ? `${each.dtype} [${sides.join(", ")}]` : "nothing",
    );
  }
}

/** A backend's kernel, which leaves other axes to plain operations. */
export function anyAxis(stock: tf.KernelConfig): tf.KernelConfig {
  return {
    ...stock,
    kernelFunc(call) {
      const inputs = call.inputs as Inputs;
      // These are what the tape is given next, which stumbles over such keys.
      if (!inputs.scale) delete inputs.scale;
      if (!inputs.offset) delete inputs.offset;
      if (!inputs.x) refuse(`run ${kernelName}`, "x", "nothing");
      if (areOfLastAxis(inputs)) return stock.kernelFunc(call);
      checkBroadcast(inputs);
      const { varianceEpsilon } = call.attrs as { varianceEpsilon: number };
      const { backend } = call;
      return normalize(stock.backendName, inputs, varianceEpsilon, backend);
    },
  };
}

/** What the gradient needs; tfjs fails to save an input that is not there. */
const inputsToSave = ["x", "mean", "variance", "scale"];
inputsToSave.map = <T>(
  inputOf: (name: string, i: number, all: string[]) => T,
) =>
  Array.from(inputsToSave, (name, i) => inputOf(name, i, inputsToSave))
    .filter((input) => input !== undefined);

/**
 * The gradient, in everything that was broadcast; tfjs wants the offset to have the
 * shape of the mean.
 */
const gradient: tf.GradConfig = {
  kernelName,
  inputsToSave,
  gradFunc(dy, saved, attrs) {
    const slope = dy as tf.Tensor;
    const [x, mean, variance, scale] = saved as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor | undefined,
    ];
    const { varianceEpsilon } = attrs as unknown as { varianceEpsilon: number };
    const inverse = tf.rsqrt(tf.add(variance, varianceEpsilon));
    const centered = tf.sub(x, mean);
    const scaled = scale ? tf.mul(slope, scale) : slope;
    /** Sums over all that one value was broadcast to. */
    const reduced = (value: tf.Tensor, { shape }: tf.Tensor) => {
      const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
      return tf.reshape(tf.sum(value, axes), shape);
    };
    return {
      x: () => tf.mul(scaled, inverse),
      mean: () => reduced(tf.neg(tf.mul(scaled, inverse)), mean),
      variance: () => {
        const cubed = tf.pow(inverse, tf.scalar(3));
        const product = tf.mul(tf.mul(scaled, centered), cubed);
        return reduced(tf.mul(product, -0.5), variance);
      },
      scale: () => reduced(tf.mul(slope, tf.mul(centered, inverse)), scale!),
      offset: () => reduced(slope, mean),
    };
  },
};

/** Puts the gradient and the layers right, for all backends, and cpu's kernel. */
export function mendBatchNormalization(): void {
  tf.unregisterGradient(kernelName);
  tf.registerGradient(gradient);
  mendNormalizationLayers();
  const stock = tf.getKernel(kernelName, "cpu");
  if (!stock) return;
  tf.unregisterKernel(kernelName, "cpu");
  tf.registerKernel(anyAxis(stock));
}
