import * as tf from "@tensorflow/tfjs";
import { checkGivenShape, refuseKernel } from "../runtime/check_inputs.ts";
import { checkAttributes } from "./attributes.ts";
import { findGeometry, type Geometry, type Shape } from "./geometry.ts";

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
