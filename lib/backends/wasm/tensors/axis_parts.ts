import type { TensorInfo } from "@tensorflow/tfjs";
import { shown } from "../../../numeric/refuse.ts";
import { isCount, refuseKernel } from "../runtime/check_inputs.ts";

/** The axis that a kernel is told, counted from the first. */
export function axisOf(
  kernel: string,
  tensor: TensorInfo | undefined,
  attributes: unknown,
): number {
  if (!tensor) return refuseKernel(kernel, "tensors", "none");
  const { axis } = attributes as { axis: unknown };
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
export function checkParts(
  parts: readonly TensorInfo[],
  at: number,
): number[] {
  const [{ shape: first }] = parts as [TensorInfo];
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
export function splitSizes(length: number, attributes: unknown): number[] {
  const { numOrSizeSplits: splits } = attributes as {
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
