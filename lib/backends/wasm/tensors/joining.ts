import type * as tf from "@tensorflow/tfjs";
import { shown } from "../../../numeric/refuse.ts";
import {
  isCount,
  refuseKernel,
  sizeOf as size,
} from "../runtime/check_inputs.ts";
import { copyStripes, type Stripe } from "./copy_stripes.ts";
import { type Host, hostOf } from "../runtime/host.ts";
import { override } from "../runtime/override.ts";
import { cutByValues } from "../runtime/row_pieces.ts";

/**
 * tfjs's `Concat` and `SplitV` (the gradient of a concatenation) as copies of
 * rows inside WebAssembly. What they do not cover goes to the kernels of tfjs.
 */
export const joiningKernels: tf.KernelConfig[] = [
  override("Concat", (inputs, attrs, backend) => {
    const all = Object.values(inputs) as tf.TensorInfo[];
    const at = axisOf("Concat", all[0], attrs);
    const outShape = checkParts(all, at);
    const parts = all.filter((part) => size(part.shape) > 0);
    if (parts.length === 0 || !parts.every(isFloat)) return undefined;
    const host = hostOf(backend);
    const addresses = parts.map((part) => host.addressOf(part));
    const out = host.output(outShape);
    const rows = size(outShape.slice(0, at));
    const rowBytes = size(outShape.slice(at)) * 4;
    let to = host.addressOf(out);
    copy(
      host,
      rows,
      parts.map((part, i) => {
        const bytes = size(part.shape.slice(at)) * 4;
        const from = addresses[i]!;
        const stripe = { from, fromStep: bytes, to, toStep: rowBytes, bytes };
        to += bytes;
        return stripe;
      }),
    );
    return out;
  }),
  override("SplitV", (inputs, attrs, backend) => {
    const at = axisOf("SplitV", inputs.x, attrs);
    const x = inputs.x!;
    const sizes = splitSizes(x.shape[at]!, attrs);
    if (!isFloat(x) || size(x.shape) === 0 || sizes.includes(0)) {
      return undefined;
    }
    const host = hostOf(backend);
    const rows = size(x.shape.slice(0, at));
    const rowBytes = size(x.shape.slice(at)) * 4;
    const parts = sizes.map((length) => host.output(x.shape.with(at, length)));
    let from = host.addressOf(x);
    copy(
      host,
      rows,
      parts.map((part) => {
        const bytes = size(part.shape.slice(at)) * 4;
        const to = host.addressOf(part);
        const stripe = { from, fromStep: rowBytes, to, toStep: bytes, bytes };
        from += bytes;
        return stripe;
      }),
    );
    return parts;
  }),
];

/** Copies stripes of all rows, some rows at a time. */
function copy(host: Host, rows: number, stripes: Stripe[]): void {
  const bytes = stripes.reduce((sum, stripe) => sum + stripe.bytes, 0);
  const cut = cutByValues(rows, 2 * bytes / 4);
  host.parallel(copyStripes, { stripes, ...cut }, cut.pieces);
}

/** The axis that a kernel is told, counted from the first. */
function axisOf(
  kernel: string,
  tensor: tf.TensorInfo | undefined,
  attributes: unknown,
): number {
  if (!tensor) return refuseKernel(kernel, "tensors", "none");
  const { axis } = (attributes ?? {}) as { axis: unknown };
  // tfjs's own operations give some axes as lists of one.
  const [given] = [axis ?? 0].flat() as [number];
  const rank = tensor.shape.length;
  if (Number.isInteger(given) && given >= -rank && given < rank) {
    return given < 0 ? given + rank : given;
  }
  return refuseKernel(
    kernel,
    `an axis of the ${rank} of [${tensor.shape.join(", ")}]`,
    shown(axis),
  );
}

/** The shape of tensors joined along an axis; all others must be alike. */
function checkParts(parts: readonly tf.TensorInfo[], at: number): number[] {
  const [{ shape: first }] = parts as [tf.TensorInfo];
  let length = 0;
  for (const { shape } of parts) {
    if (
      shape.length !== first.length ||
      shape.some((side, axis) => axis !== at && side !== first[axis])
    ) {
      refuseKernel(
        "Concat",
        `tensors to concat with the sides of [${
          first.join(", ")
        }] but for axis ${at}`,
        `[${shape.join(", ")}]`,
      );
    }
    length += shape[at]!;
  }
  return first.with(at, length);
}

/** How long the parts of an axis are; one may be -1, for what is left. */
function splitSizes(length: number, attributes: unknown): number[] {
  const { numOrSizeSplits: splits } = (attributes ?? {}) as {
    numOrSizeSplits: number | number[];
  };
  const fail = () =>
    refuseKernel("SplitV", `parts that fill ${length}`, shown(splits));
  if (typeof splits === "number") {
    const each = length / splits;
    if (!isCount(splits) || splits === 0 || !isCount(each)) return fail();
    return Array<number>(splits).fill(each);
  }
  if (!Array.isArray(splits)) return fail();
  const known = splits.filter((part) => part !== -1);
  const left = length - known.reduce((sum, part) => sum + part, 0);
  const isWhole = known.length === splits.length ? left === 0 : left >= 0;
  if (!known.every(isCount) || !isWhole || splits.length > known.length + 1) {
    return fail();
  }
  return splits.map((part) => part === -1 ? left : part);
}

const isFloat = ({ dtype }: tf.TensorInfo) => dtype === "float32";
