import type {
  DataType,
  KernelConfig,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs";
import { anyImages, checkTensor } from "./check_inputs.ts";
import { type Host, hostOf, type WasmBackend } from "./host.ts";

/** A call of a kernel, of which nothing is known yet. */
export interface Call {
  /** The kernel's name, for errors. */
  name: string;
  host: Host;
  backend: WasmBackend;
  inputs: Partial<NamedTensorInfoMap>;
  attributes: unknown;
  /**
   * An input that has a shape (by default that of any images) and a type (by
   * default float32).
   *
   * @throws {RangeError} As {@linkcode checkTensor}.
   */
  take(input: string, shape?: readonly number[], dtype?: DataType): TensorInfo;
  /** The same for one that may be missing. */
  takeOptional(
    input: string,
    shape: readonly number[],
  ): TensorInfo | undefined;
}

/** A kernel of the 'wasm' backend. */
export function wasmKernel(
  kernelName: string,
  run: (call: Call) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(callOf(kernelName, inputs, attrs, backend as WasmBackend)),
  };
}

/** A call as a kernel is given it. */
export function callOf(
  name: string,
  inputs: Partial<NamedTensorInfoMap>,
  attrs: unknown,
  backend: WasmBackend,
): Call {
  const host = hostOf(backend);
  const take: Call["take"] = (input, shape = anyImages, dtype) =>
    checkTensor(host, name, input, inputs[input], shape, dtype);
  return {
    name,
    host,
    backend,
    inputs,
    attributes: attrs ?? {},
    take,
    takeOptional: (input, shape) =>
      inputs[input] ? take(input, shape) : undefined,
  };
}
