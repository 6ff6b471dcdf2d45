import type * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../runtime/check_inputs.ts";
import type { Host } from "../runtime/host.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { cutByValues, floatsOf, runByRows } from "../runtime/row_pieces.ts";
import {
  oneFunctions,
  type PairFunction,
  pairFunctions,
  reluGradient,
} from "./functions.ts";
import { applyToPairs, type Repeated } from "./pair_pieces.ts";
import { isRepeated } from "./repeated.ts";

/**
 * tfjs's functions of float32 that training spends its time in, on all threads,
 * where values are paired with as many others, with one, or with those of the last
 * axes. And `ReluGrad`, not part of tfjs: `{dy, x}` → dy where x > 0.
 */
export const floatKernels: WasmKernel[] = [
  ...oneFunctions.map((code) =>
    wasmKernel(code.name, ({ host, input }) => {
      const x = input("x");
      if (x.dtype !== "float32") return undefined;
      const y = host.output(x.shape);
      runByRows(
        host,
        code,
        { x: floatsOf(host, x), y: floatsOf(host, y), count: "rows" },
        cutByValues(sizeOf(x.shape), 2, 16),
      );
      return y;
    })
  ),
  ...pairFunctions.map((code) =>
    wasmKernel(code.name, ({ host, input }) => {
      const [a, b] = [input("a"), input("b")];
      if (a.dtype !== "float32" || b.dtype !== "float32") return undefined;
      return isRepeated(b.shape, a.shape) || isRepeated(a.shape, b.shape)
        ? pairUp(host, code, a, b)
        : undefined;
    })
  ),
  wasmKernel(reluGradient.name, ({ host, take, inputs }) => {
    const { shape = [] } = inputs.x ?? {};
    return pairUp(host, reluGradient, take("dy", shape), take("x", shape));
  }),
];

/** A function of pairs: the shorter of the two is repeated. */
function pairUp(
  host: Host,
  code: PairFunction,
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
  applyToPairs(host, code, [ofA, ofB], host.addressOf(y), count);
  return y;
}
