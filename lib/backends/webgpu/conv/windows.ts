import * as tf from "@tensorflow/tfjs";
import { refuse, shown } from "../../../numeric/refuse.ts";

/** Where the windows of a convolution lie. */
export interface Windows {
  batch: number;
  inHeight: number;
  inWidth: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  filterHeight: number;
  filterWidth: number;
  strideHeight: number;
  strideWidth: number;
  /** Rows of zeros before the first row of an image. */
  top: number;
  /** Columns of zeros before the first column. */
  left: number;
}

/** Those of the windows' numbers that a shader reads. */
export const windowConstants = {
  inHeight: "u32",
  inWidth: "u32",
  inChannels: "u32",
  outHeight: "u32",
  outWidth: "u32",
  outChannels: "u32",
  filterHeight: "u32",
  filterWidth: "u32",
  strideHeight: "u32",
  strideWidth: "u32",
  top: "u32",
  left: "u32",
} as const;

/** The attributes of tfjs's convolutions. */
interface ConvolutionAttributes {
  strides: number | [number, number];
  pad: "same" | "valid" | number | [number, number][];
  dataFormat?: string;
  dilations?: number | [number, number];
  dimRoundingMode?: Rounding;
}

type Rounding = "floor" | "round" | "ceil";
type Shape = [number, number, number, number];

/** Whether a convolution is of images with their channels last, and not dilated. */
export function isPlain(attributes: unknown): boolean {
  const { dataFormat, dilations } = attributes as ConvolutionAttributes;
  return (dataFormat === undefined || dataFormat === "NHWC") &&
    [dilations ?? 1].flat().every((step) => step === 1);
}

/** Whether each pixel is a window of its own: the convolution is a plain product. */
export const isPointwise = (windows: Windows): boolean =>
  windows.filterHeight === 1 && windows.filterWidth === 1 &&
  windows.strideHeight === 1 && windows.strideWidth === 1 &&
  windows.outHeight === windows.inHeight &&
  windows.outWidth === windows.inWidth;

/**
 * The windows of a convolution that is {@linkcode isPlain}. As tfjs does not tell
 * a gradient how sizes were rounded, a given output decides.
 *
 * @param inputShape `[batch, height, width, channels]`.
 * @param filterShape `[height, width, channels, filters]`.
 * @param outShape What the output has, for a gradient.
 * @throws {RangeError} If the shapes do not fit each other.
 */
export function windowsOf(
  kernel: string,
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: unknown,
  outShape?: readonly number[],
): Windows {
  const action = `run ${kernel} on the webgpu backend`;
  const { strides, pad, dimRoundingMode } = attributes as ConvolutionAttributes;
  if (inputShape.length !== 4 || filterShape?.length !== 4) {
    refuse(
      action,
      "images and filters of 4 dimensions",
      `${shown(inputShape)} and ${shown(filterShape)}`,
    );
  }
  if (inputShape[3] !== filterShape[2]) {
    refuse(
      action,
      `a filter for ${inputShape[3]} channels`,
      shown(filterShape),
    );
  }
  const compute = (rounding: Rounding | undefined) =>
    tf.backend_util.computeConv2DInfo(
      inputShape as Shape,
      filterShape as Shape,
      strides,
      1,
      pad as number,
      rounding,
    );
  const first = compute(dimRoundingMode);
  const fits = ({ outShape: made }: typeof first) =>
    !outShape || outShape.join() === made.join();
  const info = fits(first)
    ? first
    : (["ceil", "round"] as const).map(compute).find(fits);
  if (!info) {
    return refuse(
      action,
      `a gradient of shape ${shown(first.outShape)}`,
      shown(outShape),
    );
  }
  return { ...info, ...info.padInfo, batch: info.batchSize };
}
