/**
 * Where the windows of convolutions and pools lie, computed by tfjs, which does
 * not look whether strides, paddings and sizes are ones that there can be.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { isCount, refuseKernel } from "../runtime/check_inputs.ts";
import type { RoundingMode, WindowAttributes } from "./attributes.ts";

/** The geometry of a convolution or a pooling. */
export type Geometry = tf.backend_util.Conv2DInfo;

/** `[batch, height, width, channels]`, or a filter's. */
export type Shape = [number, number, number, number];

/**
 * The geometry with the rounding of the attributes; or, since tfjs does not tell a
 * gradient how sizes were rounded, with the one that gives the output its shape.
 */
export function findGeometry(
  kernel: string,
  { dimRoundingMode }: WindowAttributes,
  outShape: number[] | undefined,
  compute: (rounding: RoundingMode | undefined) => Geometry,
): Geometry {
  const first = compute(dimRoundingMode);
  checkFits(kernel, first);
  if (!outShape || isSame(outShape, first.outShape)) return first;
  for (const rounding of ["ceil", "round"] as const) {
    const other = compute(rounding);
    if (isSame(outShape, other.outShape)) return other;
  }
  return refuseKernel(
    kernel,
    `a gradient of shape [${first.outShape}]`,
    `[${outShape}]`,
  );
}

const isSame = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((side, i) => side === b[i]);

function checkFits(kernel: string, info: Geometry): void {
  if (isCount(info.outHeight) && isCount(info.outWidth)) return;
  const { inHeight, inWidth } = info;
  refuseKernel(
    kernel,
    `windows that fit into images of ${inHeight}×${inWidth}`,
    `${info.effectiveFilterHeight}×${info.effectiveFilterWidth}`,
  );
}

/**
 * The paddings with which exactly the last windows end: sizes that were rounded
 * up put those beyond what was asked for.
 */
export function reachLastWindow(info: Geometry): Geometry["padInfo"] {
  const { padInfo } = info;
  return {
    ...padInfo,
    bottom: Math.max(padInfo.bottom, paddingAfter(info, "Height", "top")),
    right: Math.max(padInfo.right, paddingAfter(info, "Width", "left")),
  };
}

/** How far the last window reaches over the image's end; below 0 if it does not. */
export function paddingAfter(
  info: Geometry,
  axis: "Height" | "Width",
  side: "top" | "left",
): number {
  return (info[`out${axis}`] - 1) * info[`stride${axis}`] +
    info[`effectiveFilter${axis}`] - info.padInfo[side] - info[`in${axis}`];
}
