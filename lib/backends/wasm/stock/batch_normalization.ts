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
import { tidy } from "../arrays/run_kernel.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { asDataOwner, type DataOwner } from "../runtime/tfjs_backend.ts";

const kernelName = "FusedBatchNorm";
type Name = "x" | "mean" | "variance" | "scale" | "offset";
type Inputs = { [N in Name]?: tf.TensorInfo };

/**
 * (x − mean) / sqrt(variance + ε) · scale + offset, each broadcast to x, by the
 * backend's kernels of one operation each.
 */
function normalize(
  { x, mean, variance, scale, offset }: Inputs,
  epsilon: number,
  backendName: string,
  backend: DataOwner,
): tf.TensorInfo {
  const small = tf.scalar(epsilon);
  try {
    return tidy(backend, (run) => {
      const sum = run("Add", { a: variance, b: small });
      const inverse = run("Rsqrt", { x: sum });
      const factor = scale
        ? run("Multiply", { a: inverse, b: scale })
        : inverse;
      const centered = run("Sub", { a: x, b: mean });
      const y = run("Multiply", { a: centered, b: factor });
      return offset ? run("Add", { a: y, b: offset }) : y;
    }, backendName);
  } finally {
    small.dispose();
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

/** The normalization over other axes than the last; nothing for that one. */
function normalizeOtherAxes(
  inputs: Inputs,
  attributes: unknown,
  backendName: string,
  backend: DataOwner,
): tf.TensorInfo | undefined {
  // These are what the tape is given next, which stumbles over such keys.
  if (!inputs.scale) delete inputs.scale;
  if (!inputs.offset) delete inputs.offset;
  if (!inputs.x) refuse(`run ${kernelName}`, "x", "nothing");
  if (areOfLastAxis(inputs)) return undefined;
  checkBroadcast(inputs);
  const { varianceEpsilon } = attributes as { varianceEpsilon: number };
  return normalize(inputs, varianceEpsilon, backendName, backend);
}

/** Comes before the kernel for the last axis. */
export const otherAxesKernel: WasmKernel = wasmKernel(
  kernelName,
  ({ inputs, attributes, backend }) =>
    normalizeOtherAxes(inputs, attributes, "wasm", backend),
);

/** Puts the kernel of cpu right. */
export function mendBatchNormalization(): void {
  const stock = tf.getKernel(kernelName, "cpu");
  if (!stock) return;
  tf.unregisterKernel(kernelName, "cpu");
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) =>
      normalizeOtherAxes(
        call.inputs,
        call.attrs,
        "cpu",
        asDataOwner(call.backend),
      ) ??
        stock.kernelFunc(call),
  });
}
