import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import type { WasmBackend } from "../runtime/host.ts";
import { sizeOf, valuesOf } from "../arrays/arrays.ts";
import { fourierTransform } from "./fourier.ts";

/**
 * tfjs's complex numbers, which its WASM backend lacks: a tensor of complex64 holds
 * real and imaginary parts by turns. `tf.spectral` and `tf.signal` are made of
 * these, and of kernels for real numbers.
 */
export const complexKernels: KernelConfig[] = [
  kernel("Complex", ({ real, imag }, backend) => {
    const out = backend.makeOutput(real!.shape, "complex64");
    const numbers = numbersOf(backend, out);
    valuesOf(backend, real!).forEach((value, i) => numbers[2 * i] = value);
    valuesOf(backend, imag!).forEach((value, i) => numbers[2 * i + 1] = value);
    return out;
  }),
  kernel(
    "Real",
    ({ input }, backend) => mapNumbers(input!, backend, (real) => real),
  ),
  kernel(
    "Imag",
    ({ input }, backend) =>
      mapNumbers(input!, backend, (_, imaginary) => imaginary),
  ),
  kernel("ComplexAbs", ({ x }, backend) => mapNumbers(x!, backend, Math.hypot)),
  kernel("FFT", ({ input }, backend) => transform(input!, backend, false)),
  kernel("IFFT", ({ input }, backend) => transform(input!, backend, true)),
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

function kernel(
  kernelName: string,
  run: (
    inputs: Record<string, TensorInfo | undefined>,
    backend: WasmBackend,
  ) => TensorInfo,
): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => run(inputs, backend as WasmBackend),
  };
}

/** A real tensor from the parts of each number. */
function mapNumbers(
  x: TensorInfo,
  backend: WasmBackend,
  of: (real: number, imaginary: number) => number,
): TensorInfo {
  const out = backend.makeOutput(x.shape, "float32");
  const [numbers, values] = [numbersOf(backend, x), valuesOf(backend, out)];
  for (let i = 0; i < values.length; i++) {
    values[i] = of(numbers[2 * i]!, numbers[2 * i + 1]!);
  }
  return out;
}

/** The Fourier transform of each row. */
function transform(
  x: TensorInfo,
  backend: WasmBackend,
  inverse: boolean,
): TensorInfo {
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
