/**
 * Where the windows of convolutions and pools lie, computed by tfjs, which does
 * not look whether strides, paddings and sizes are ones that there can be.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  checkGivenShape,
  isCount,
  refuseKernel,
} from "../runtime/check_inputs.ts";
import {
  checkAttributes,
  checkSteps,
  type RoundingMode,
  type WindowAttributes,
} from "./attributes.ts";

/** The geometry of a convolution or a pooling. */
export type Geometry = tf.backend_util.Conv2DInfo;

type Shape = [number, number, number, number];

/** What a convolution is, besides its shapes. */
export interface ConvolutionOptions {
  /** Whether each channel has filters of its own (default false). */
  depthwise?: boolean;
  /** The shape of the output where it is there already, as for a gradient. */
  outShape?: number[] | undefined;
}

/**
 * The geometry of a convolution of images `[batch, height, width, channels]`.
 *
 * @param filterShape `[height, width, channels, filters]`.
 * @throws {RangeError} If strides, dilations or paddings are none, the images have
 * other channels than the filter, the filter does not fit into them, or the output
 * has another shape.
 */
export function convolutionGeometry(
  kernel: string,
  inputShape: number[],
  filterShape: number[],
  attributes: unknown,
  { depthwise = false, outShape }: ConvolutionOptions = {},
): Geometry {
  checkAttributes(kernel, attributes);
  checkGivenShape(kernel, "the images' shape", inputShape, 4);
  checkGivenShape(kernel, "the filter's shape", filterShape, 4);
  if (inputShape[3] !== filterShape[2]) {
    refuseKernel(
      kernel,
      `a filter for ${inputShape[3]} channels`,
      `[${filterShape.join(", ")}]`,
    );
  }
  if (filterShape.includes(0)) {
    refuseKernel(
      kernel,
      "channels and filters",
      `a filter of shape [${filterShape.join(", ")}]`,
    );
  }
  return findGeometry(
    kernel,
    attributes,
    outShape,
    (rounding) =>
      tf.backend_util.computeConv2DInfo(
        inputShape as Shape,
        filterShape as Shape,
        attributes.strides,
        attributes.dilations ?? 1,
        attributes.pad as number,
        rounding,
        depthwise,
      ),
  );
}

/**
 * The geometry of a pooling of images `[batch, height, width, channels]`.
 *
 * @param outShape The shape of the pooled images where they are there already.
 * @throws {RangeError} If windows, strides or paddings are none, a window does not
 * fit into the images or sees nothing of them, or what is pooled has another shape.
 */
export function poolGeometry(
  kernel: string,
  shape: number[],
  attributes: unknown,
  outShape?: number[],
): Geometry {
  checkAttributes(kernel, attributes);
  const { filterSize } = attributes;
  checkSteps(kernel, "filterSize", filterSize);
  const pool = findGeometry(
    kernel,
    attributes,
    outShape,
    (rounding) =>
      tf.backend_util.computePool2DInfo(
        shape as Shape,
        filterSize,
        attributes.strides,
        1,
        attributes.pad as number,
        rounding,
      ),
  );
  const hasWindows = pool.outHeight > 0 && pool.outWidth > 0;
  if (
    hasWindows &&
    (seesNothing(pool, "Height", "top") || seesNothing(pool, "Width", "left"))
  ) {
    const { top, bottom, left, right } = pool.padInfo;
    refuseKernel(
      kernel,
      `windows of ${pool.filterHeight}×${pool.filterWidth} that see a pixel each`,
      `images of ${pool.inHeight}×${pool.inWidth} with paddings of ${top}, ${bottom}, ${left}, ${right}`,
    );
  }
  return pool;
}

/**
 * The geometry with the rounding of the attributes; or, since tfjs does not tell a
 * gradient how sizes were rounded, with the one that gives the output its shape.
 */
function findGeometry(
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

/** Whether the first or the last window lies beside the image. */
function seesNothing(
  pool: Geometry,
  axis: "Height" | "Width",
  side: "top" | "left",
): boolean {
  const length = pool[`in${axis}`];
  const before = pool.padInfo[side];
  const lastStart = (pool[`out${axis}`] - 1) * pool[`stride${axis}`] - before;
  return length === 0 || before >= pool[`filter${axis}`] ||
    lastStart >= length;
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
