import type {
  DataType,
  KernelConfig,
  KernelFunc,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs";
import { anyImages, checkTensor, refuseKernel } from "./check_inputs.ts";
import { type Host, hostOf } from "./host.ts";
import { asWasmBackend, type WasmBackend } from "./tfjs_backend.ts";

/** A call of a kernel, of which nothing is known yet. */
export interface Call {
  /** The kernel's name, for errors. */
  name: string;
  host: Host;
  backend: WasmBackend;
  inputs: Partial<NamedTensorInfoMap>;
  attributes: unknown;
  /**
   * An input of any shape and type.
   *
   * @throws {RangeError} If it is missing.
   */
  input(name: string): TensorInfo;
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
  /** The results of the kernel that there was before this one. */
  below(): TensorInfo | TensorInfo[];
}

/** A kernel that may leave calls to the one that there was before it. */
export interface WasmKernel extends Omit<KernelConfig, "kernelFunc"> {
  /** Returns nothing for what it leaves. */
  kernelFunc(
    call: Parameters<KernelFunc>[0],
    below: Call["below"],
  ): TensorInfo | TensorInfo[] | undefined;
}

/**
 * A kernel of the 'wasm' backend.
 *
 * @param run Returns nothing for what it leaves to the kernel of the same name that
 * there was before it: one of an earlier list in mod.ts, or tfjs's own.
 */
export function wasmKernel(
  kernelName: string,
  run: (call: Call) => TensorInfo | TensorInfo[] | undefined,
): WasmKernel {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc({ inputs, attrs, backend: anyBackend }, below) {
      const backend = asWasmBackend(anyBackend);
      const host = hostOf(backend);
      const take: Call["take"] = (input, shape = anyImages, dtype) =>
        checkTensor(host, kernelName, input, inputs[input], shape, dtype);
      return run({
        name: kernelName,
        host,
        backend,
        inputs,
        attributes: attrs ?? {},
        input: (name) =>
          inputs[name] ?? refuseKernel(kernelName, name, "nothing"),
        take,
        takeOptional: (input, shape) =>
          inputs[input] ? take(input, shape) : undefined,
        below,
      });
    },
  };
}

/** A kernel that looks at what it is given, and leaves all to the one before it. */
export function checkedKernel(
  kernelName: string,
  check: (call: Call) => void,
): WasmKernel {
  return wasmKernel(kernelName, (call) => {
    check(call);
    return undefined;
  });
}

/**
 * One kernel of each name: of several, each one comes before those that are listed
 * before it, and gets the calls that those after it leave.
 */
export function layerKernels(kernels: readonly WasmKernel[]): KernelConfig[] {
  const all = new Map<string, KernelConfig>();
  for (const kernel of kernels) {
    const { kernelName } = kernel;
    const before = all.get(kernelName);
    const kernelFunc: KernelFunc = (call) => {
      const below = () =>
        before?.kernelFunc(call) ??
          refuseKernel(kernelName, "a case that it knows", "another one");
      return kernel.kernelFunc(call, below) ?? below();
    };
    all.set(kernelName, { ...before, ...kernel, kernelFunc });
  }
  return [...all.values()];
}
