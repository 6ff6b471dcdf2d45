import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import { valuesOf } from "../arrays/arrays.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import type { WasmBackend } from "../runtime/tfjs_backend.ts";
import { fourierTransform } from "./fourier.ts";

/**
 * tfjs's complex numbers, which its WASM backend lacks: a tensor of complex64 holds
 * real and imaginary parts by turns. `tf.spectral` and `tf.signal` are made of
 * these, and of kernels for real numbers.
 */
export const complexKernels: WasmKernel[] = [
  wasmKernel("Complex", ({ backend, input }) => {
    const [real, imag] = [input("real"), input("imag")];
    const out = backend.makeOutput(real.shape, "complex64");
    const numbers = numbersOf(backend, out);
    valuesOf(backend, real).forEach((value, i) => numbers[2 * i] = value);
    valuesOf(backend, imag).forEach((value, i) => numbers[2 * i + 1] = value);
    return out;
  }),
  mapNumbers("Real", "input", (real) => real),
  mapNumbers("Imag", "input", (_, imaginary) => imaginary),
  mapNumbers("ComplexAbs", "x", Math.hypot),
  wasmKernel("FFT", (call) => transform(call, false)),
  wasmKernel("IFFT", (call) => transform(call, true)),
];

/** Kernels that do not look into the values, and so may get complex64. */
const forAnyType = new Set([
  ...complexKernels.map(({ kernelName }) => kernelName),
  "Cast",
  "Identity",
  "Reshape",
]);

/** The same kernel, but it refuses complex numbers if it does not know them. */
export function refusingComplex(kernel: KernelConfig): KernelConfig {
  if (forAnyType.has(kernel.kernelName)) return kernel;
  return {
    ...kernel,
    kernelFunc(call) {
      for (const name in call.inputs) {
        if (call.inputs[name]?.dtype !== "complex64") continue;
        refuse(
          `run ${kernel.kernelName} on the wasm backend`,
          "real numbers",
          `complex64 [${call.inputs[name].shape}]`,
        );
      }
      return kernel.kernelFunc(call);
    },
  };
}

/** A kernel that makes a real number of the parts of each complex one. */
function mapNumbers(
  kernelName: string,
  inputName: string,
  of: (real: number, imaginary: number) => number,
): WasmKernel {
  return wasmKernel(kernelName, ({ backend, input }) => {
    const x = input(inputName);
    const out = backend.makeOutput(x.shape, "float32");
    const [numbers, values] = [numbersOf(backend, x), valuesOf(backend, out)];
    for (let i = 0; i < values.length; i++) {
      values[i] = of(numbers[2 * i]!, numbers[2 * i + 1]!);
    }
    return out;
  });
}

/** The Fourier transform of each row. */
function transform({ backend, input }: Call, inverse: boolean): TensorInfo {
  const x = input("input");
  const out = backend.makeOutput(x.shape, "complex64");
  const numbers = numbersOf(backend, out);
  numbers.set(numbersOf(backend, x));
  const length = 2 * (x.shape.at(-1) ?? 1);
  for (let first = 0; first < numbers.length; first += length) {
    fourierTransform(numbers.subarray(first, first + length), inverse);
  }
  return out;
}

/** Real and imaginary parts by turns, where they lie in the backend's memory. */
function numbersOf(
  backend: WasmBackend,
  { dataId, shape }: TensorInfo,
): Float32Array {
  readComplex(backend);
  const { memoryOffset } = backend.dataIdMap.get(dataId);
  const { buffer } = backend.wasm.asm.memory;
  return new Float32Array(buffer, memoryOffset, 2 * sizeOf(shape));
}

const readers = new WeakSet<WasmBackend>();

/** Lets a backend read complex tensors; tfjs's own knows no such type. */
function readComplex(backend: WasmBackend): void {
  if (readers.has(backend)) return;
  readers.add(backend);
  const readSync = backend.readSync.bind(backend);
  backend.readSync = (dataId, start, end) => {
    const { dtype, shape } = backend.dataIdMap.get(dataId);
    return dtype === "complex64"
      ? numbersOf(backend, { dataId, dtype, shape }).slice()
      : readSync(dataId, start, end);
  };
}
