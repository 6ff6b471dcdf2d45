/**
 * The passes of a normalized convolution by the kernels made for it, for tfjs's tape
 * and for the backbone, which calls kernels past tfjs's engine.
 *
 * @module
 */
import type { TensorInfo } from "@tensorflow/tfjs";
import type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "./normalized_conv2d_options.ts";

/** Calls a kernel: `runKernel` for the tape. */
export type CallKernel<T extends TensorInfo> = (
  name: string,
  inputs: Record<string, T>,
  attributes: Record<string, unknown>,
) => T[];

/**
 * What the forward pass of training makes: the result, the convolution z without its
 * bias, `[4, filters]` constants, and the next moving statistics. The constants are
 * mean, inverse deviation, scale and beta of y = relu((z − mean) · scale + beta).
 */
export type Normalized<T> = [
  y: T,
  z: T,
  constants: T,
  movingMean: T,
  movingVariance: T,
];

/** What the gradient of a result gives. */
export type NormalizationGradient<T> = [dz: T, dGamma: T, dBeta: T];

/** Some kernels have zeros at hand too, the gradient of the bias. */
export type KernelGradient<T> = [...NormalizationGradient<T>, dBias?: T];

/** The forward pass of training. */
export function convolveByKernel<T extends TensorInfo>(
  call: CallKernel<T>,
  x: T,
  weights: Record<keyof NormalizedWeights, T>,
  options: NormalizedConv2dOptions,
): Normalized<T> {
  const inputs = kernelInputs(x, weights);
  const outputs = call("NormalizedConv2DTraining", inputs, { ...options });
  return outputs as Normalized<T>;
}

/** The kernels' inputs; tfjs calls a convolution's kernel its filter. */
export function kernelInputs<T extends TensorInfo>(
  x: T,
  { kernel, ...others }: Record<keyof NormalizedWeights, T>,
): Record<string, T> {
  return { x, filter: kernel, ...others };
}

/**
 * From the gradient of y to that of z.
 *
 * @param inPlace Whether dz takes the memory of dy.
 */
export function gradientByKernel<T extends TensorInfo>(
  call: CallKernel<T>,
  inputs: Record<"dy" | "z" | "constants", T>,
  inPlace: boolean,
): KernelGradient<T> {
  const outputs = call("NormalizationGrad", inputs, { inPlace });
  return outputs as KernelGradient<T>;
}

/**
 * From the gradient of z to those of the filter and, if it is asked for, of x; every
 * backend has these kernels.
 *
 * @param sum What the gradient of x is added to, in place; for our kernels alone.
 */
export function convolutionGradients<T extends TensorInfo>(
  call: CallKernel<T>,
  { x, dz, filter, sum }: Record<"x" | "dz" | "filter", T> & { sum?: T },
  { strides, inputGradient }: NormalizedConv2dOptions,
): [dFilter: T, dx?: T] {
  const geometry = {
    strides,
    pad: "same",
    dataFormat: "NHWC",
    // The values are of a size that Winograd's transforms round little.
    isNormalized: true,
    filterShape: filter.shape,
    inputShape: x.shape,
  };
  const [dFilter] = call("Conv2DBackpropFilter", { x, dy: dz }, geometry);
  const inputs = { dy: dz, filter, ...(sum && { sum }) };
  return inputGradient
    ? [dFilter!, call("Conv2DBackpropInput", inputs, geometry)[0]!]
    : [dFilter!];
}
