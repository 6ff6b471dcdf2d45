import type { KernelConfig } from "@tensorflow/tfjs";
import { adamConstants } from "./adam_kernel.ts";
import { hostOf, type WasmBackend } from "./host.ts";

/** What {@linkcode adamKernel} takes besides the four tensors. */
export type AdamConstants = Record<typeof adamConstants[number], number>;

/**
 * One step of Adam in one pass and in place (`AdamUpdate`, not part of tfjs):
 * `{weights, mean, square, gradient}`, all of one size, of which the first three
 * change. See lib/training/adam.ts, the reference.
 */
export const adamKernel: KernelConfig = {
  kernelName: "AdamUpdate",
  backendName: "wasm",
  kernelFunc({ inputs, attrs, backend }) {
    const host = hostOf(backend as WasmBackend);
    const values = attrs as unknown as AdamConstants;
    const table = host.scratch("adam constants", 16 * adamConstants.length);
    adamConstants.forEach((name, i) =>
      host.floats().fill(values[name], table / 4 + 4 * i, table / 4 + 4 * i + 4)
    );
    const { weights, mean, square, gradient } = inputs;
    const count = weights!.shape.reduce((a, b) => a * b, 1);
    host.call.adam!(
      host.addressOf(weights!),
      host.addressOf(mean!),
      host.addressOf(square!),
      host.addressOf(gradient!),
      count,
      table,
    );
    return [];
  },
};
