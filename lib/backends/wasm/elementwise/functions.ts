/**
 * Functions of each value by itself, to the last bit as tfjs's own have them.
 *
 * @module
 */
import type { Code, Declare, Local, WasmFunction } from "../asm/code.ts";
import { eachValue, type Lane } from "../asm/lanes.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { squareRoot } from "./square_root.ts";

/** So many vectors at a time; V8's flags make one of two. */
const vectors = 4;

const pairOperands = ["a", "b", "y", "count"] as const;
const oneOperands = ["x", "y", "count"] as const;

/** A function of the values at `a` and `b`, for those at `y`. */
export type PairFunction = WasmFunction<typeof pairOperands[number]>;
/** A function of the values at `x`. */
export type OneFunction = WasmFunction<typeof oneOperands[number]>;

/** a / b. */
export const divide = ofPair("RealDiv", (lane, a, b) => lane.div(a, b));

/** The functions of two values, with the names of tfjs's kernels. */
export const pairFunctions: readonly PairFunction[] = [
  ofPair("Add", (lane, a, b) => lane.add(a, b)),
  ofPair("Sub", (lane, a, b) => lane.sub(a, b)),
  ofPair("Multiply", (lane, a, b) => lane.mul(a, b)),
  divide,
  // The other value where the second one is not a number.
  ofPair("Maximum", (lane, a, b) => lane.max(a, b)),
  ofPair("Minimum", (lane, a, b) => lane.min(a, b)),
  ofPair("SquaredDifference", (lane, a, b, local) => {
    const difference = local(lane.type);
    return [
      difference.set(lane.sub(a, b)),
      lane.mul(difference.get, difference.get),
    ];
  }),
];

/**
 * Of `dy` and `x`: dy · 1 where x > 0, dy · 0 elsewhere, and NaN where x is NaN.
 */
export const reluGradient = ofPair("ReluGrad", (lane, dy, x, local) => {
  const height = local(lane.type);
  const step = lane.pick(
    lane.constant(1),
    lane.constant(0),
    lane.greater(height.get, lane.constant(0)),
  );
  const isNumber = lane.equal(height.get, height.get);
  return [
    height.set(x),
    lane.mul(dy, lane.pick(step, height.get, isNumber)),
  ];
});

/** Those of one value. */
export const oneFunctions: readonly OneFunction[] = [
  // NaN stays, and −0 becomes 0.
  ofOne(
    "Relu",
    (lane, x) => lane.add(lane.max(x.get, lane.constant(0)), lane.constant(0)),
  ),
  ofOne("Square", (lane, x) => lane.mul(x.get, x.get)),
  ofOne("Sqrt", (lane, x, local) => squareRoot(local, lane, x)),
  ofOne(
    "Rsqrt",
    (lane, x, local) => lane.div(lane.constant(1), squareRoot(local, lane, x)),
  ),
];

function ofPair(
  name: string,
  of: (lane: Lane, a: Code, b: Code, local: Declare) => Code,
): PairFunction {
  return wasmFunction(
    name,
    pairOperands,
    ({ a, b, y, count }, local) =>
      eachValue(
        local,
        count,
        (lane, { load, store }) => store(y, of(lane, load(a), load(b), local)),
        vectors,
      ),
  );
}

function ofOne(
  name: string,
  of: (lane: Lane, x: Local, local: Declare) => Code,
): OneFunction {
  return wasmFunction(
    name,
    oneOperands,
    ({ x, y, count }, local) =>
      eachValue(local, count, (lane, { load, store }) => {
        const value = local(lane.type);
        return [value.set(load(x)), store(y, of(lane, value, local))];
      }, vectors),
  );
}
