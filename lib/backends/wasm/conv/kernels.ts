import type * as tf from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import { conv2d } from "./conv2d.ts";
import { conv2dFilterGradient } from "./filter_gradient.ts";
import { addInputGradient, conv2dInputGradient } from "./input_gradient.ts";
import {
  activate,
  activationOf,
  checkActivation,
} from "../epilogue/activate.ts";
import type { Finish } from "../epilogue/finish.ts";
import { convolutionGeometry } from "../windows/convolution_geometry.ts";
import { type Geometry, reachLastWindow } from "../windows/geometry.ts";
import type { Host } from "../runtime/host.ts";
import { scratchSlot } from "../linking/scratch.ts";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { share } from "../tensors/sharing.ts";

/** Not tfjs's: for the gradients of a `NormalizedConvolution`, as in `conv2d`. */
interface NormalizedAttributes {
  isNormalized?: boolean;
}

/** tfjs's four convolution kernels, for the 'wasm' backend. */
export const convolutionKernels: WasmKernel[] = [
  wasmKernel("Conv2D", (call) => {
    const [x, filter] = [call.take("x"), call.take("filter")];
    const info = geometry(call, x.shape, filter.shape);
    return conv2d(call.host, x, filter, info);
  }),
  wasmKernel("FusedConv2D", (call) => {
    const { host, name, backend } = call;
    const [x, filter] = [call.take("x"), call.take("filter")];
    const info = geometry(call, x.shape, filter.shape);
    const bias = biasOf(call, info.outChannels);
    const activation = activationOf(call);
    checkActivation(host, name, info.outShape, activation);
    const rectified = activation.activation === "relu";
    const finish = biasFinish(host, bias, info.outChannels, rectified);
    const y = conv2d(host, x, filter, info, finish && (() => finish));
    return rectified ? y : activate(y, backend, activation);
  }),
  wasmKernel("Conv2DBackpropInput", (call) => {
    const { host, backend, attributes } = call;
    const [dy, filter] = [call.take("dy"), call.take("filter")];
    const { inputShape } = attributes as { inputShape: number[] };
    const info = geometry(call, inputShape, filter.shape, dy.shape);
    const sum = call.takeOptional("sum", inputShape);
    // Not tfjs's: where the image has a gradient already, this one is added to it.
    const { isNormalized } = attributes as NormalizedAttributes;
    if (!sum) return conv2dInputGradient(host, dy, filter, info, isNormalized);
    addInputGradient(host, dy, filter, info, sum);
    return share(sum, backend);
  }),
  wasmKernel("Conv2DBackpropFilter", (call) => {
    const [x, dy] = [call.take("x"), call.take("dy")];
    const { filterShape } = call.attributes as { filterShape: number[] };
    const info = geometry(call, x.shape, filterShape, dy.shape);
    const { isNormalized } = call.attributes as NormalizedAttributes;
    return conv2dFilterGradient(call.host, x, dy, info, isNormalized);
  }),
];

/** The bias, which must have a value for each filter. */
function biasOf(
  { inputs: { bias }, takeOptional }: Call,
  filters: number,
): tf.TensorInfo | undefined {
  if (bias && bias.shape.join() !== String(filters)) {
    refuse(
      "add the bias of FusedConv2D",
      `shape [${filters}]`,
      `[${bias.shape}]`,
    );
  }
  return takeOptional("bias", [filters]);
}

/** Adds a value per filter, and cuts off below 0. */
function biasFinish(
  host: Host,
  bias: tf.TensorInfo | undefined,
  filters: number,
  rectified: boolean,
): Finish | undefined {
  if (!bias && !rectified) return undefined;
  const address = bias ? host.addressOf(bias) : zeros(host, filters);
  return { kind: "add bias", bias: address, rectified };
}

const noBias = scratchSlot("zeros for a bias");

function zeros(host: Host, count: number): number {
  const address = host.scratch(noBias, 4 * count);
  host.floats().fill(0, address / 4, address / 4 + count);
  return address;
}

/**
 * The geometry of a convolution, whose padding reaches as far as its windows.
 *
 * @param outShape What a gradient's output must have been, if it is one.
 */
function geometry(
  { name, attributes }: Call,
  inputShape: number[],
  filterShape: number[],
  outShape?: number[],
): Geometry {
  const options = { outShape };
  const info = convolutionGeometry(
    name,
    inputShape,
    filterShape,
    attributes,
    options,
  );
  return { ...info, padInfo: reachLastWindow(info) };
}
