import type { DataType } from "@tensorflow/tfjs";
import { filled, mapped } from "../arrays/arrays.ts";
import { tidy } from "../arrays/run_kernel.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { share } from "../tensors/sharing.ts";

/**
 * tfjs's `Cast`: `bool` says which values are not 0, and of a complex number the
 * real part is taken. tfjs's own makes a bool of the lowest byte of a number (256 and
 * 0.5 would be false), and copies where the type is the same already.
 */
export const castKernel: WasmKernel = wasmKernel(
  "Cast",
  ({ backend, input, attributes }) => {
    const x = input("x");
    const { dtype } = attributes as { dtype: DataType };
    if (x.dtype === dtype) return share(x, backend);
    if (dtype === "complex64") {
      return tidy(backend, (run, track) => {
        const imag = track(filled(backend, x.shape, "float32", 0));
        return run("Complex", { real: x, imag });
      });
    }
    if (x.dtype === "complex64") {
      return tidy(
        backend,
        (run) => run("Cast", { x: run("Real", { input: x }) }, { dtype }),
      );
    }
    if (dtype !== "bool" || x.dtype === "string") return undefined;
    return mapped(backend, x, dtype, (value) => Number(value !== 0));
  },
);
