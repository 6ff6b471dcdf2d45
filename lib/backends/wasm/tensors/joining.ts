import type { TensorInfo } from "@tensorflow/tfjs";
import { sizeOf } from "../runtime/check_inputs.ts";
import type { Host } from "../runtime/host.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { cutByValues } from "../runtime/row_pieces.ts";
import { axisOf, checkParts, splitSizes } from "./axis_parts.ts";
import { copyStripes } from "./copy_stripes.ts";

/**
 * tfjs's `Concat` and `SplitV` (the gradient of a concatenation) as copies of
 * rows inside WebAssembly. What they do not cover goes to the kernels of tfjs.
 */
export const joiningKernels: WasmKernel[] = [
  wasmKernel("Concat", ({ name, host, inputs, attributes }) => {
    const all = Object.values(inputs) as TensorInfo[];
    const axis = axisOf(name, all[0], attributes);
    const shape = checkParts(all, axis);
    const parts = all.filter((part) => sizeOf(part.shape) > 0);
    if (parts.length === 0 || !parts.every(isFloat)) return undefined;
    const whole = host.output(shape);
    copyParts(host, { whole, parts, axis, joins: true });
    return whole;
  }),
  wasmKernel("SplitV", ({ name, host, input, inputs, attributes }) => {
    const axis = axisOf(name, inputs.x, attributes);
    const x = input("x");
    const sizes = splitSizes(x.shape[axis]!, attributes);
    if (!isFloat(x) || sizeOf(x.shape) === 0 || sizes.includes(0)) {
      return undefined;
    }
    const parts = sizes.map((size) => host.output(x.shape.with(axis, size)));
    copyParts(host, { whole: x, parts, axis, joins: false });
    return parts;
  }),
];

/** A tensor and its parts along an axis. */
interface Division {
  whole: TensorInfo;
  parts: TensorInfo[];
  axis: number;
  /** Whether the parts are copied into the whole, or it into them. */
  joins: boolean;
}

/** Copies, some rows at a time; those are what is before the axis. */
function copyParts(
  host: Host,
  { whole, parts, axis, joins }: Division,
): void {
  const rowsOf = (tensor: TensorInfo) => ({
    at: host.addressOf(tensor),
    step: 4 * sizeOf(tensor.shape.slice(axis)),
  });
  const place = rowsOf(whole);
  const stripes = parts.map((part) => {
    const [own, within] = [rowsOf(part), { ...place }];
    place.at += own.step;
    const [from, to] = joins ? [own, within] : [within, own];
    return { from, to, bytes: own.step };
  });
  const cut = cutByValues(
    sizeOf(whole.shape.slice(0, axis)),
    2 * place.step / 4,
  );
  host.parallel(copyStripes, { stripes, ...cut }, cut.pieces);
}

const isFloat = ({ dtype }: TensorInfo) => dtype === "float32";
