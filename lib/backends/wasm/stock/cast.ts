import type { DataType, KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import type { WasmBackend } from "../runtime/host.ts";
import { override } from "../runtime/override.ts";
import { share } from "../tensors/sharing.ts";
import { filled, runKernel, valuesOf } from "../arrays/arrays.ts";

/**
 * tfjs's `Cast`, which makes a bool of the lowest byte of a number (256 and 0.5
 * would be false), and copies where the type is the same already.
 */
export const castKernel: KernelConfig = override(
  "Cast",
  ({ x }, attrs, backend) =>
    cast(x!, (attrs as { dtype: DataType }).dtype, backend),
);

/**
 * The same values in another type: `bool` says which are not 0, and of a complex
 * number the real part is taken.
 */
function cast(
  x: TensorInfo,
  dtype: DataType,
  backend: WasmBackend,
): TensorInfo | undefined {
  if (x.dtype === dtype) return share(x, backend);
  if (dtype === "complex64") {
    const imag = filled(backend, x.shape, "float32", 0);
    const out = runKernel(backend, "Complex", { real: x, imag });
    backend.disposeData(imag.dataId);
    return out;
  }
  if (x.dtype === "complex64") {
    const real = runKernel(backend, "Real", { input: x });
    const out = runKernel(backend, "Cast", { x: real }, { dtype });
    backend.disposeData(real.dataId);
    return out;
  }
  if (dtype !== "bool" || x.dtype === "string") return undefined;
  const out = backend.makeOutput(x.shape, dtype);
  const [from, to] = [valuesOf(backend, x), valuesOf(backend, out)];
  for (let i = 0; i < to.length; i++) to[i] = Number(from[i] !== 0);
  return out;
}
