import type { KernelConfig } from "@tensorflow/tfjs";
import { adamConstants } from "./adam_function.ts";
import { checkNumbers, sizeOf } from "../runtime/check_inputs.ts";
import { wasmKernel } from "../runtime/kernel.ts";
import { callByRows, cutByValues } from "../runtime/row_pieces.ts";

const adamTensors = ["weights", "mean", "square", "gradient"] as const;

/**
 * One step of Adam in one pass (`AdamUpdate`, not part of tfjs):
 * `{weights, mean, square, gradient}` of one size → the next weights. Mean and
 * square change in place; the weights do not, since other tensors may share
 * their memory and stock kernels keep packed copies of them. See
 * lib/training/step/adam.ts, the reference.
 */
export const adamKernel: KernelConfig = wasmKernel(
  "AdamUpdate",
  ({ name, host, inputs, take, attributes }) => {
    checkNumbers(name, attributes, adamConstants);
    const shape = inputs.weights?.shape ?? [];
    const [weights, mean, square, gradient] = adamTensors.map((input) =>
      host.addressOf(take(input, shape))
    ) as [number, number, number, number];
    const next = host.output(shape);
    const table = host.scratch("adam constants", 16 * adamConstants.length);
    adamConstants.forEach((constant, i) => {
      const start = table / 4 + 4 * i;
      host.floats().fill(attributes[constant], start, start + 4);
    });
    callByRows(
      host,
      "adam",
      [
        ...[weights, mean, square, gradient, host.addressOf(next)]
          .map((at) => ({ at, step: 4 })),
        "rows",
        table,
      ],
      cutByValues(sizeOf(shape), 7, 16),
    );
    return next;
  },
);
