import * as tf from "@tensorflow/tfjs";
import { refuseKernel } from "../runtime/check_inputs.ts";
import { checkAttributes, checkSteps } from "./attributes.ts";
import { findGeometry, type Geometry, type Shape } from "./geometry.ts";

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
