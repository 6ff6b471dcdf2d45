import type * as tf from "@tensorflow/tfjs";
import {
  activate,
  activationOf,
  checkActivation,
} from "../epilogue/activate.ts";
import { withCopies } from "./copy_channels.ts";
import { convolveDepthwise } from "./pieces.ts";
import { convolutionGeometry } from "../windows/convolution_geometry.ts";
import { type Geometry, paddingAfter } from "../windows/geometry.ts";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";

/**
 * tfjs's depthwise convolutions, and ours where its own do not come to the sizes
 * that tfjs has computed, or are wrong. They take sizes as they are given: with
 * sizes that were rounded up, or a filter that does not fit into the images, they
 * read and write beyond their tensors.
 */
export const depthwiseForwardKernels: WasmKernel[] = [
  wasmKernel("DepthwiseConv2dNative", (call) => {
    const product = checkProduct(call);
    return suitsStock(product.info) ? undefined : convolve(call, product);
  }),
  wasmKernel("FusedDepthwiseConv2D", (call) => {
    const { backend } = call;
    const product = checkProduct(call);
    const { outShape, outChannels } = product.info;
    const activation = activationOf(call);
    checkActivation(call.host, call.name, outShape, activation);
    const bias = call.takeOptional("bias", [outChannels]);
    const isPrelu = activation.activation === "prelu";
    if (suitsStock(product.info) && !isPrelu) return undefined;
    return activate(convolve(call, product), backend, activation, bias);
  }),
];

/** A depthwise convolution whose shapes fit. */
interface Product {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  info: Geometry;
}

function checkProduct({ name, take, attributes }: Call): Product {
  const [x, filter] = [take("x"), take("filter")];
  const [image, weights] = [x.shape, filter.shape];
  const options = { depthwise: true };
  const info = convolutionGeometry(name, image, weights, attributes, options);
  return { x, filter, info };
}

/**
 * Whether tfjs's own is right: its library rounds sizes down, and is wrong where
 * windows leave out pixels between them.
 */
function suitsStock(info: Geometry): boolean {
  const fits = (axis: "Height" | "Width", side: "top" | "left") => {
    const stride = info[`stride${axis}`];
    const given = info.padInfo[side === "top" ? "bottom" : "right"];
    const left = given - paddingAfter(info, axis, side);
    const isSame = info.padInfo.type === "SAME";
    return info[`out${axis}`] > 0 && stride <= info[`filter${axis}`] &&
      (isSame || left >= 0 && left < stride);
  };
  return fits("Height", "top") && fits("Width", "left");
}

/** For each output the sum of x · filter over the taps that see the image. */
const convolve = (
  { host, backend }: Call,
  { x, filter, info }: Product,
): tf.TensorInfo =>
  withCopies(backend, x, info, (copies) => {
    const y = host.output(info.outShape);
    convolveDepthwise(host, {
      info,
      x: host.addressOf(copies),
      filter: host.addressOf(filter),
      y: host.addressOf(y),
    });
    return y;
  });
