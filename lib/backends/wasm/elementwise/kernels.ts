import type * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../runtime/check_inputs.ts";
import { type Host, hostOf, type WasmBackend } from "../runtime/host.ts";
import { wasmKernel } from "../runtime/kernel.ts";
import { override } from "../runtime/override.ts";
import { callByRows, cutByValues } from "../runtime/row_pieces.ts";
import { elementwiseKernels } from "./broadcasting.ts";
import { oneNames, pairNames } from "./functions.ts";
import { applyPairs, type Repeated } from "./pair_pieces.ts";

const gradientName = "ReluGrad";

/**
 * tfjs's functions of float32 that training spends its time in, on all threads,
 * where values are paired with as many others, with one, or with those of the last
 * axes. And `ReluGrad`, not part of tfjs: `{dy, x}` → dy where x > 0.
 */
export const floatKernels: tf.KernelConfig[] = [
  ...oneNames.map((name) =>
    own(name, ({ x }, backend) => applyToOne(name, x!, backend))
  ),
  ...pairNames.filter((name) => name !== gradientName).map((name) =>
    own(name, ({ a, b }, backend) => applyToPair(name, a!, b!, backend))
  ),
  wasmKernel(gradientName, ({ host, take, inputs }) => {
    const { shape = [] } = inputs.x ?? {};
    return pairUp(host, gradientName, take("dy", shape), take("x", shape));
  }),
];

/** A kernel that leaves what it returns nothing for to the one that there is. */
function own(
  name: string,
  run: (
    inputs: tf.NamedTensorInfoMap,
    backend: WasmBackend,
  ) => tf.TensorInfo | undefined,
): tf.KernelConfig {
  const present = elementwiseKernels.find(({ kernelName }) =>
    kernelName === name
  );
  const kernel = (
    inputs: tf.NamedTensorInfoMap,
    _attributes: unknown,
    backend: WasmBackend,
  ) => run(inputs, backend);
  return override(name, kernel, present);
}

function applyToOne(
  name: string,
  x: tf.TensorInfo,
  backend: WasmBackend,
): tf.TensorInfo | undefined {
  if (x.dtype !== "float32") return undefined;
  const host = hostOf(backend);
  const y = host.output(x.shape);
  const [from, to] = [x, y].map((tensor) => ({
    at: host.addressOf(tensor),
    step: 4,
  })) as [{ at: number; step: 4 }, { at: number; step: 4 }];
  const cut = cutByValues(sizeOf(x.shape), 2, 16);
  callByRows(host, name, [from, to, "rows"], cut);
  return y;
}

function applyToPair(
  name: string,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  backend: WasmBackend,
): tf.TensorInfo | undefined {
  if (a.dtype !== "float32" || b.dtype !== "float32") return undefined;
  return repeats(b.shape, a.shape) || repeats(a.shape, b.shape)
    ? pairUp(hostOf(backend), name, a, b)
    : undefined;
}

/** Whether a shape's values are repeated, one after the other, to fill another. */
function repeats(shape: number[], to: number[]): boolean {
  if (shape.length > to.length || to.includes(0)) return false;
  const first = shape.findIndex((side) => side !== 1);
  const own = first < 0 ? [] : shape.slice(first);
  return own.every((side, i) => side === to[to.length - own.length + i]);
}

/** A function of pairs: the shorter of the two is repeated. */
function pairUp(
  host: Host,
  name: string,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
): tf.TensorInfo {
  const [ofA, ofB] = [a, b].map((tensor): Repeated => ({
    at: host.addressOf(tensor),
    period: sizeOf(tensor.shape),
  })) as [Repeated, Repeated];
  const isLonger = ofA.period > ofB.period ||
    ofA.period === ofB.period && a.shape.length >= b.shape.length;
  const y = host.output(isLonger ? a.shape : b.shape);
  const count = Math.max(ofA.period, ofB.period);
  applyPairs(host, name, [ofA, ofB], host.addressOf(y), count);
  return y;
}
