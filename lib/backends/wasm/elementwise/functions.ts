/**
 * Functions of each value by itself, to the last bit as tfjs's own have them.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import {
  type Code,
  forEach,
  i32,
  type Local,
  type ValueType,
} from "../asm/instructions.ts";
import { four, type Lane, one } from "../asm/lanes.ts";
import { squareRoot } from "./square_root.ts";

type Declare = (type: ValueType) => Local;
type OfPair = (lane: Lane, a: Code, b: Code, local: Declare) => Code;
/** What is done with a value, and what it is then. */
type OfOne = (
  lane: Lane,
  x: Local,
  local: Declare,
) => { before: Code; value: Code };

/** The functions of two values, by the names of tfjs's kernels. */
const ofPairs: Record<string, OfPair> = {
  Add: (lane, a, b) => lane.add(a, b),
  Sub: (lane, a, b) => lane.sub(a, b),
  Multiply: (lane, a, b) => lane.mul(a, b),
  RealDiv: (lane, a, b) => lane.div(a, b),
  /** The other value where the second one is not a number. */
  Maximum: (lane, a, b) => lane.max(a, b),
  Minimum: (lane, a, b) => lane.min(a, b),
  SquaredDifference(lane, a, b, local) {
    const difference = local(lane.type);
    return [
      difference.set(lane.sub(a, b)),
      lane.mul(difference.get, difference.get),
    ];
  },
  /** `{dy, x}`: dy · 1 where x > 0, dy · 0 elsewhere, and NaN where x is NaN. */
  ReluGrad(lane, dy, x, local) {
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
  },
};

/** Those of one value. */
const ofOnes: Record<string, OfOne> = {
  /** NaN stays, and −0 becomes 0. */
  Relu: (lane, x) => ({
    before: [],
    value: lane.add(lane.max(x.get, lane.constant(0)), lane.constant(0)),
  }),
  Square: (lane, x) => ({ before: [], value: lane.mul(x.get, x.get) }),
  Sqrt(lane, x, local) {
    const { before, root } = squareRoot(local, lane, x);
    return { before, value: root };
  },
  Rsqrt(lane, x, local) {
    const { before, root } = squareRoot(local, lane, x);
    return { before, value: lane.div(lane.constant(1), root) };
  },
};

/** The names of the functions of two values, and of one. */
export const [pairNames, oneNames] = [ofPairs, ofOnes].map(Object.keys) as [
  string[],
  string[],
];

/** `NAME(a, b, y, count)` and `NAME(x, y, count)`, for the module. */
export function elementwiseFunctions(): WasmFunction[] {
  return [
    ...Object.entries(ofPairs).map(([name, of]) =>
      defineFunction(
        name,
        4,
        (local, a, b, y, count) =>
          eachValue(local, count!, (lane, at) => {
            const value = of(lane, at.load(a!), at.load(b!), local);
            return at.store(y!, value);
          }),
      )
    ),
    ...Object.entries(ofOnes).map(([name, of]) =>
      defineFunction(
        name,
        3,
        (local, x, y, count) =>
          eachValue(local, count!, (lane, at) => {
            const own = local(lane.type);
            const { before, value } = of(lane, own, local);
            return [own.set(at.load(x!)), before, at.store(y!, value)];
          }),
      )
    ),
  ];
}

/** Access to the values that a step of a loop is about. */
interface Access {
  load(array: Local): Code;
  store(array: Local, value: Code): Code;
}

/** So many vectors at a time; V8's flags make one of two. */
const vectors = 4;

/** Writes out a loop over `count` values: 16 at a time, then one by one. */
function eachValue(
  local: Declare,
  count: Local,
  body: (lane: Lane, at: Access) => Code,
): Code {
  const offset = local("i32");
  const step = (lane: Lane, bytes: number) => {
    const place = (array: Local) => i32.add(array.get, offset.get);
    return body(lane, {
      load: (array) => lane.load(place(array), bytes),
      store: (array, value) => lane.store(place(array), value, bytes),
    });
  };
  const bytes = (values: Code) => i32.mul(values, i32.const(4));
  const whole = bytes(i32.and(count.get, i32.const(-4 * vectors)));
  return [
    offset.set(i32.const(0)),
    forEach(
      offset,
      whole,
      16 * vectors,
      Array.from({ length: vectors }, (_, i) => step(four, 16 * i)),
    ),
    forEach(offset, bytes(count.get), 4, step(one, 0)),
  ];
}
