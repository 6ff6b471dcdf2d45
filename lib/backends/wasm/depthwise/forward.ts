import type * as tf from "@tensorflow/tfjs";
import { activate, checkActivation, replace } from "../epilogue/activate.ts";
import { copyChannels } from "./copy_channels.ts";
import { convolveDepthwise } from "./pieces.ts";
import {
  convolutionGeometry,
  type Geometry,
  paddingAfter,
} from "../windows/geometry.ts";
import { hostOf, type WasmBackend } from "../runtime/host.ts";
import { type Call, callOf } from "../runtime/kernel.ts";
import { override } from "../runtime/override.ts";

/**
 * tfjs's depthwise convolutions, and ours where its own do not come to the sizes
 * that tfjs has computed, or are wrong. They take sizes as they are given: with
 * sizes that were rounded up, or a filter that does not fit into the images, they
 * read and write beyond their tensors.
 */
export const depthwiseForwardKernels: tf.KernelConfig[] = [
  override("DepthwiseConv2dNative", (inputs, attrs, backend) => {
    const call = callOf("DepthwiseConv2dNative", inputs, attrs, backend);
    const product = checkProduct(call);
    return suitsStock(product.info) ? undefined : convolve(backend, product);
  }),
  override("FusedDepthwiseConv2D", (inputs, attrs, backend) => {
    const call = callOf("FusedDepthwiseConv2D", inputs, attrs, backend);
    const product = checkProduct(call);
    const { outShape, outChannels } = product.info;
    const { activation, leakyreluAlpha: alpha } = attrs as FusedAttributes;
    const preluWeights = inputs.preluActivationWeights;
    const settings = { activation, alpha, preluWeights };
    checkActivation(call.host, call.name, outShape, settings);
    const bias = call.takeOptional("bias", [outChannels]);
    if (suitsStock(product.info) && activation !== "prelu") return undefined;
    const y = convolve(backend, product);
    return activate(
      bias ? replace("Add", y, backend, { b: bias }) : y,
      backend,
      settings,
    );
  }),
];

interface FusedAttributes {
  activation?: tf.fused.Activation;
  leakyreluAlpha?: number;
}

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
function convolve(
  backend: WasmBackend,
  { x, filter, info }: Product,
): tf.TensorInfo {
  const host = hostOf(backend);
  const copies = copyChannels(backend, x, info);
  try {
    const y = host.output(info.outShape);
    convolveDepthwise(host, {
      info,
      x: host.addressOf(copies),
      filter: host.addressOf(filter),
      y: host.addressOf(y),
    });
    return y;
  } finally {
    if (copies !== x) backend.disposeData(copies.dataId);
  }
}
