import * as tf from "@tensorflow/tfjs";
import type { DataOwner } from "../runtime/tfjs_backend.ts";

/** What a kernel is run with: its name, its inputs, and its attributes. */
type KernelRun = [
  kernelName: string,
  inputs: Partial<tf.NamedTensorInfoMap>,
  attributes?: unknown,
];

/** Runs another kernel of the same backend that has one output. */
export type RunKernel = (...run: KernelRun) => tf.TensorInfo;

/** Runs another kernel of a backend (default 'wasm'). */
export function runKernels(
  backend: DataOwner,
  [kernelName, inputs, attributes = {}]: KernelRun,
  backendName = "wasm",
): tf.TensorInfo[] {
  const { kernelFunc } = tf.getKernel(kernelName, backendName);
  return [
    kernelFunc({
      inputs: inputs as tf.NamedTensorInfoMap,
      attrs: attributes as tf.NamedAttrMap,
      backend,
    }),
  ].flat();
}

/** Runs another kernel of the 'wasm' backend that has one output. */
export function runKernel(
  backend: DataOwner,
  ...run: KernelRun
): tf.TensorInfo {
  return runKernels(backend, run)[0]!;
}

/**
 * Runs kernels one after the other, and disposes what they make, as `tf.tidy` does,
 * but for what is returned as it was made.
 *
 * @param compute Gets a way to run kernels, and one to have other tensors disposed.
 * @param backendName The backend's name (default "wasm").
 */
export function tidy<Result extends tf.TensorInfo | tf.TensorInfo[]>(
  backend: DataOwner,
  compute: (
    run: RunKernel,
    track: <Made extends tf.TensorInfo | tf.TensorInfo[]>(made: Made) => Made,
  ) => Result,
  backendName = "wasm",
): Result {
  const made = new Set<tf.TensorInfo>();
  const track = <Made extends tf.TensorInfo | tf.TensorInfo[]>(some: Made) => {
    for (const tensor of [some].flat()) made.add(tensor);
    return some;
  };
  try {
    const result = compute(
      (...run) => track(runKernels(backend, run, backendName))[0]!,
      track,
    );
    for (const tensor of [result].flat()) made.delete(tensor);
    return result;
  } finally {
    for (const { dataId } of made) backend.disposeData(dataId);
  }
}

/** Runs a kernel on its inputs in one type, and casts what it gives to another. */
export function runAs(
  backend: DataOwner,
  dtype: tf.DataType,
  [kernelName, inputs, attributes]: KernelRun,
  resultType: tf.DataType | undefined,
): tf.TensorInfo {
  return tidy(backend, (run) => {
    const cast = (x: tf.TensorInfo | undefined, dtype: tf.DataType) =>
      run("Cast", { x }, { dtype });
    const given = Object.entries(inputs)
      .map(([name, input]) => [name, cast(input, dtype)] as const);
    const result = run(kernelName, Object.fromEntries(given), attributes);
    return resultType ? cast(result, resultType) : result;
  });
}
