import * as tf from "@tensorflow/tfjs";
import { conv2d } from "./conv2d.ts";
import { conv2dFilterGradient } from "./conv2d_filter_gradient.ts";
import {
  addInputGradient,
  conv2dInputGradient,
} from "./conv2d_input_gradient.ts";
import { activate } from "./activate.ts";
import type { Finish } from "./convolve.ts";
import { type Host, hostOf, type WasmBackend } from "./host.ts";
import { share } from "./sharing.ts";

/** The attributes that tfjs passes to its convolution kernels. */
interface ConvolutionAttributes {
  strides: [number, number] | number;
  pad: "valid" | "same" | number;
  dataFormat?: string;
  dilations?: [number, number] | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
  activation?: tf.fused.Activation;
  leakyreluAlpha?: number;
  /** Not tfjs's: for the gradients of a `NormalizedConvolution`, as in `conv2d`. */
  isNormalized?: boolean;
}

/** tfjs's four convolution kernels, for the 'wasm' backend. */
export const convolutionKernels: tf.KernelConfig[] = [
  kernel("Conv2D", (inputs, attributes, backend) => {
    const { x, filter } = inputs as tf.NamedTensorInfoMap;
    const info = geometry("Conv2D", x!.shape, filter!.shape, attributes);
    return conv2d(hostOf(backend), x!, filter!, info);
  }),
  kernel("FusedConv2D", (inputs, attributes, backend) => {
    const { x, filter, bias, preluActivationWeights } = inputs;
    const info = geometry("FusedConv2D", x!.shape, filter!.shape, attributes);
    if (bias && bias.shape.join() !== String(info.outChannels)) {
      throw new RangeError(
        `Cannot add the bias of FusedConv2D: expected shape ` +
          `[${info.outChannels}], got [${bias.shape}]`,
      );
    }
    const host = hostOf(backend);
    const rectified = attributes.activation === "relu";
    const y = conv2d(
      host,
      x!,
      filter!,
      info,
      biasFinish(host, bias, info.outChannels, rectified),
    );
    return rectified ? y : activate(y, backend, {
      activation: attributes.activation,
      alpha: attributes.leakyreluAlpha,
      preluWeights: preluActivationWeights,
    });
  }),
  kernel("Conv2DBackpropInput", (inputs, attributes, backend) => {
    const { dy, filter, sum } = inputs;
    const { inputShape } = attributes as unknown as { inputShape: number[] };
    const info = geometry(
      "Conv2DBackpropInput",
      inputShape,
      filter!.shape,
      attributes,
      dy!.shape,
    );
    const host = hostOf(backend);
    // Not tfjs's: where the image has a gradient already, this one is added to it.
    if (!sum) {
      const { isNormalized } = attributes;
      return conv2dInputGradient(host, dy!, filter!, info, isNormalized);
    }
    addInputGradient(host, dy!, filter!, info, sum);
    return share(sum, backend);
  }),
  kernel("Conv2DBackpropFilter", (inputs, attributes, backend) => {
    const { x, dy } = inputs;
    const { filterShape } = attributes as unknown as { filterShape: number[] };
    const info = geometry(
      "Conv2DBackpropFilter",
      x!.shape,
      filterShape,
      attributes,
      dy!.shape,
    );
    const { isNormalized } = attributes;
    return conv2dFilterGradient(hostOf(backend), x!, dy!, info, isNormalized);
  }),
];

/** Adds a value per filter, and cuts off below 0. */
function biasFinish(
  host: Host,
  bias: tf.TensorInfo | undefined,
  filters: number,
  rectified: boolean,
): Finish | undefined {
  if (!bias && !rectified) return undefined;
  const address = bias ? host.addressOf(bias) : zeros(host, filters);
  const kernel = host.call[rectified ? "addBiasRectified" : "addBias"]!;
  return (y, rows) => kernel(y, address, rows, filters);
}

function zeros(host: Host, count: number): number {
  const address = host.scratch("no bias", 4 * count);
  host.floats().fill(0, address / 4, address / 4 + count);
  return address;
}

function kernel(
  kernelName: string,
  run: (
    inputs: Record<string, tf.TensorInfo | undefined>,
    attributes: ConvolutionAttributes,
    backend: WasmBackend,
  ) => tf.TensorInfo,
): tf.KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(
        inputs,
        attrs as unknown as ConvolutionAttributes,
        backend as WasmBackend,
      ),
  };
}

/**
 * Sizes, padding, strides and dilations, checked.
 *
 * @param outShape What a gradient's output must have been, if it is one.
 */
function geometry(
  name: string,
  inputShape: number[],
  filterShape: number[],
  attributes: ConvolutionAttributes,
  outShape?: number[],
): tf.backend_util.Conv2DInfo {
  const { strides, pad, dataFormat = "NHWC", dilations = 1, dimRoundingMode } =
    attributes;
  if (dataFormat !== "NHWC") {
    throw new RangeError(
      `Cannot run ${name} on the wasm backend: ` +
        `expected dataFormat NHWC, got ${dataFormat}`,
    );
  }
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  if (outShape && outShape.join() !== info.outShape.join()) {
    throw new RangeError(
      `Cannot run ${name} on the wasm backend: expected a gradient of shape ` +
        `[${info.outShape}], got [${outShape}]`,
    );
  }
  if (info.inChannels === 0 || info.outChannels === 0) {
    throw new RangeError(
      `Cannot run ${name} on the wasm backend: expected channels and filters, ` +
        `got a filter of shape [${filterShape}]`,
    );
  }
  return { ...info, padInfo: reachLastWindow(info) };
}

/** Rounding sizes up puts the last windows beyond the padding asked for. */
function reachLastWindow(
  info: tf.backend_util.Conv2DInfo,
): typeof info.padInfo {
  const { padInfo } = info;
  const height = (info.outHeight - 1) * info.strideHeight +
    (info.filterHeight - 1) * info.dilationHeight + 1;
  const width = (info.outWidth - 1) * info.strideWidth +
    (info.filterWidth - 1) * info.dilationWidth + 1;
  return {
    ...padInfo,
    bottom: Math.max(padInfo.bottom, height - padInfo.top - info.inHeight),
    right: Math.max(padInfo.right, width - padInfo.left - info.inWidth),
  };
}
