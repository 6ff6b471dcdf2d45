import * as tf from "@tensorflow/tfjs";

/** The geometry of a convolution, as tfjs computes it. */
export type Convolution = tf.backend_util.Conv2DInfo;

/** The geometry for shapes and attributes of a depthwise convolution. */
export function depthwiseGeometry(
  inputShape: number[],
  filterShape: number[],
  attrs: unknown,
): Convolution {
  const { strides, pad, dimRoundingMode } = attrs as {
    strides: [number, number] | number;
    pad: "valid" | "same" | number;
    dimRoundingMode?: "floor" | "round" | "ceil";
  };
  type Shape = [number, number, number, number];
  const dilations = 1;
  const depthwise = true;
  return tf.backend_util.computeConv2DInfo(
    inputShape as Shape,
    filterShape as Shape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

/** Output pixels side by side that see the image, not padding, with one tap. */
export interface Run {
  /** The input pixel that the first of them sees, counted from the batch's. */
  input: number;
  /** The first of them, counted from the batch's first. */
  output: number;
  /** Which of the filter's taps. */
  tap: number;
  /** How many there are. */
  count: number;
}

/** Visits every run of one image, row by row and tap by tap. */
export function eachRun(
  info: Convolution,
  image: number,
  visit: (run: Run) => void,
): void {
  const { inHeight, inWidth, outHeight, outWidth, strideWidth } = info;
  for (let y = 0; y < outHeight; y++) {
    for (let tapY = 0; tapY < info.filterHeight; tapY++) {
      const row = y * info.strideHeight + tapY - info.padInfo.top;
      if (row < 0 || row >= inHeight) continue;
      for (let tapX = 0; tapX < info.filterWidth; tapX++) {
        const left = tapX - info.padInfo.left;
        const first = Math.max(Math.ceil(-left / strideWidth), 0);
        const last = Math.floor((inWidth - 1 - left) / strideWidth);
        const count = Math.min(last, outWidth - 1) - first + 1;
        if (count <= 0) continue;
        visit({
          input: (image * inHeight + row) * inWidth +
            first * strideWidth + left,
          output: (image * outHeight + y) * outWidth + first,
          tap: tapY * info.filterWidth + tapX,
          count,
        });
      }
    }
  }
}
