import * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../runtime/check_inputs.ts";
import { copyChannels } from "./copy_channels.ts";
import { depthwiseFilterGradient, depthwiseInputGradient } from "./pieces.ts";
import { convolutionGeometry, type Geometry } from "../windows/geometry.ts";
import { hostOf, type WasmBackend } from "../runtime/host.ts";
import { type Call, wasmKernel } from "../runtime/kernel.ts";

/**
 * The two gradients of a depthwise convolution, which tfjs's 'wasm' backend
 * lacks. Depthwise and separable layers need them.
 */
export const depthwiseKernels: tf.KernelConfig[] = [
  wasmKernel("DepthwiseConv2dNativeBackpropInput", (call) => {
    const { inputShape } = call.attributes as { inputShape: number[] };
    const [dy, filter] = [call.take("dy"), call.take("filter")];
    const info = geometry(call, inputShape, filter.shape, dy.shape);
    return inputGradient(call.backend, dy, filter, info);
  }),
  wasmKernel("DepthwiseConv2dNativeBackpropFilter", (call) => {
    const { filterShape } = call.attributes as { filterShape: number[] };
    const [x, dy] = [call.take("x"), call.take("dy")];
    const info = geometry(call, x.shape, filterShape, dy.shape);
    return filterGradient(call.backend, x, dy, info);
  }),
];

function geometry(
  { name, attributes }: Call,
  inputShape: number[],
  filterShape: number[],
  outShape: number[],
): Geometry {
  const options = { depthwise: true, outShape };
  return convolutionGeometry(
    name,
    inputShape,
    filterShape,
    attributes,
    options,
  );
}

/** For each pixel the sum of dy · filter over the taps that saw it. */
function inputGradient(
  backend: WasmBackend,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: Geometry,
): tf.TensorInfo {
  const host = hostOf(backend);
  const dx = host.output(info.inShape.with(3, info.outChannels));
  depthwiseInputGradient(host, {
    info,
    x: host.addressOf(dx),
    filter: host.addressOf(filter),
    y: host.addressOf(dy),
  });
  return sumCopies(backend, dx, info);
}

/** For each tap the sum of dy · x over the pixels that it saw. */
function filterGradient(
  backend: WasmBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  info: Geometry,
): tf.TensorInfo {
  const host = hostOf(backend);
  const copies = copyChannels(backend, x, info);
  try {
    const gradient = host.output(info.filterShape);
    depthwiseFilterGradient(host, {
      info,
      x: host.addressOf(copies),
      filter: host.addressOf(gradient),
      y: host.addressOf(dy),
    });
    return gradient;
  } finally {
    if (copies !== x) backend.disposeData(copies.dataId);
  }
}

/** The reverse: adds up the copies of each channel, and frees them. */
function sumCopies(
  backend: WasmBackend,
  copies: tf.TensorInfo,
  { inShape, inChannels, outChannels }: Geometry,
): tf.TensorInfo {
  const filters = outChannels / inChannels;
  if (filters === 1) return copies;
  try {
    const sums = tf.getKernel("Sum", "wasm").kernelFunc({
      inputs: { x: { ...copies, shape: [sizeOf(inShape), filters] } },
      attrs: { axis: 1, keepDims: false },
      backend,
    }) as tf.TensorInfo;
    return { ...sums, shape: inShape };
  } finally {
    backend.disposeData(copies.dataId);
  }
}
