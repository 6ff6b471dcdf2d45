import type { KernelConfig } from "@tensorflow/tfjs";
import { adamConstants } from "./adam_kernel.ts";
import { hostOf, type WasmBackend } from "./host.ts";

/** What {@linkcode adamKernel} takes besides the four tensors. */
export type AdamConstants = Record<typeof adamConstants[number], number>;

/**
 * One step of Adam in one pass (`AdamUpdate`, not part of tfjs):
 * `{weights, mean, square, gradient}` of one size → the next weights. Mean and
 * square change in place; the weights do not, since other tensors may share
 * their memory and stock kernels keep packed copies of them. See
 * lib/training/adam.ts, the reference.
 */
export const adamKernel: KernelConfig = {
  kernelName: "AdamUpdate",
  backendName: "wasm",
  kernelFunc({ inputs, attrs, backend }) {
    const host = hostOf(backend as WasmBackend);
    const values = attrs as unknown as AdamConstants;
    const { weights, mean, square, gradient } = inputs;
    const next = host.output(weights!.shape);
    const table = host.scratch("adam constants", 16 * adamConstants.length);
    adamConstants.forEach((name, i) =>
      host.floats().fill(values[name], table / 4 + 4 * i, table / 4 + 4 * i + 4)
    );
    host.call.adam!(
      host.addressOf(weights!),
      host.addressOf(mean!),
      host.addressOf(square!),
      host.addressOf(gradient!),
      host.addressOf(next),
      weights!.shape.reduce((a, b) => a * b, 1),
      table,
    );
    return next;
  },
};
