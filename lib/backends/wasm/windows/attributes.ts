import { shown } from "../../../numeric/refuse.ts";
import { isCount, refuseKernel } from "../runtime/check_inputs.ts";

/** What tfjs tells its kernels with windows. */
export interface WindowAttributes {
  strides: number | [number, number];
  pad: "valid" | "same" | number | ExplicitPadding;
  dataFormat?: string | undefined;
  dilations?: number | [number, number] | undefined;
  dimRoundingMode?: RoundingMode | undefined;
}

/** How sizes that are no whole number are rounded. */
export type RoundingMode = "floor" | "round" | "ceil";
type ExplicitPadding = [number, number][];
const roundingModes: readonly unknown[] = ["floor", "round", "ceil"];

/**
 * Refuses strides, dilations and paddings that there cannot be.
 *
 * @throws {RangeError} If there are such.
 */
export function checkAttributes(
  kernel: string,
  attributes: unknown,
): asserts attributes is WindowAttributes & {
  filterSize: number | [number, number];
} {
  const { strides, dilations, pad, dimRoundingMode, dataFormat } =
    (attributes ?? {}) as Record<string, unknown>;
  if (dataFormat !== undefined && dataFormat !== "NHWC") {
    refuseKernel(kernel, "dataFormat NHWC", String(dataFormat));
  }
  checkSteps(kernel, "strides", strides);
  checkSteps(kernel, "dilations", dilations ?? 1);
  if (pad !== "same" && pad !== "valid" && !isCount(pad) && !isExplicit(pad)) {
    refuseKernel(
      kernel,
      'a pad of "same", "valid", whole numbers of 0 or more',
      shown(pad),
    );
  }
  if (dimRoundingMode != null && !roundingModes.includes(dimRoundingMode)) {
    refuseKernel(
      kernel,
      "a dimRoundingMode of floor, round or ceil",
      shown(dimRoundingMode),
    );
  }
}

/** Refuses what is neither a whole number above 0 nor two of them. */
export function checkSteps(kernel: string, name: string, value: unknown): void {
  if (isStep(value)) return;
  if (Array.isArray(value) && value.length === 2 && value.every(isStep)) return;
  refuseKernel(kernel, `${name} of whole numbers above 0`, shown(value));
}

const isStep = (value: unknown) => isCount(value) && value > 0;

const isExplicit = (pad: unknown) =>
  Array.isArray(pad) && pad.length === 4 &&
  pad.every((pair) =>
    Array.isArray(pair) && pair.length === 2 && pair.every(isCount)
  );
