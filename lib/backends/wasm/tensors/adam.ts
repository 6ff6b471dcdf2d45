import { scratchSlot } from "../linking/scratch.ts";
import { checkNumbers, sizeOf } from "../runtime/check_inputs.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { cutByValues, floatsOf, runByRows } from "../runtime/row_pieces.ts";
import { adam, adamConstants } from "./functions.ts";

const constantTable = scratchSlot("constants of Adam");

/**
 * One step of Adam in one pass (`AdamUpdate`, not part of tfjs):
 * `{weights, mean, square, gradient}` of one size → the next weights. Mean and
 * square change in place; the weights do not, since other tensors may share
 * their memory and stock kernels keep packed copies of them. See
 * lib/training/optimizer/adam.ts, the reference.
 */
export const adamKernel: WasmKernel = wasmKernel(
  "AdamUpdate",
  ({ name, host, inputs, take, attributes }) => {
    checkNumbers(name, attributes, adamConstants);
    const shape = inputs.weights?.shape ?? [];
    const given = (input: string) => floatsOf(host, take(input, shape));
    const operands = {
      weights: given("weights"),
      mean: given("mean"),
      square: given("square"),
      gradient: given("gradient"),
    };
    const next = host.output(shape);
    const table = host.scratch(constantTable, 16 * adamConstants.length);
    adamConstants.forEach((constant, i) => {
      const start = table / 4 + 4 * i;
      host.floats().fill(attributes[constant], start, start + 4);
    });
    runByRows(
      host,
      adam,
      { ...operands, next: floatsOf(host, next), count: "rows", table },
      cutByValues(sizeOf(shape), 7, 16),
    );
    return next;
  },
);
