import type * as tf from "@tensorflow/tfjs";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { convolutionGeometry } from "../windows/convolution_geometry.ts";
import type { Geometry } from "../windows/geometry.ts";
import { sumCopies, withCopies } from "./copy_channels.ts";
import { depthwiseFilterGradient, depthwiseInputGradient } from "./pieces.ts";

/**
 * The two gradients of a depthwise convolution, which tfjs's 'wasm' backend
 * lacks. Depthwise and separable layers need them.
 */
export const depthwiseKernels: WasmKernel[] = [
  wasmKernel("DepthwiseConv2dNativeBackpropInput", (call) => {
    const { inputShape } = call.attributes as { inputShape: number[] };
    const [dy, filter] = [call.take("dy"), call.take("filter")];
    const info = geometry(call, inputShape, filter.shape, dy.shape);
    return inputGradient(call, dy, filter, info);
  }),
  wasmKernel("DepthwiseConv2dNativeBackpropFilter", (call) => {
    const { filterShape } = call.attributes as { filterShape: number[] };
    const [x, dy] = [call.take("x"), call.take("dy")];
    const info = geometry(call, x.shape, filterShape, dy.shape);
    return filterGradient(call, x, dy, info);
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
  { host, backend }: Call,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: Geometry,
): tf.TensorInfo {
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
const filterGradient = (
  { host, backend }: Call,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  info: Geometry,
): tf.TensorInfo =>
  withCopies(backend, x, info, (copies) => {
    const gradient = host.output(info.filterShape);
    depthwiseFilterGradient(host, {
      info,
      x: host.addressOf(copies),
      filter: host.addressOf(gradient),
      y: host.addressOf(dy),
    });
    return gradient;
  });
