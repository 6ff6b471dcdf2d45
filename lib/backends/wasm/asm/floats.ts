import {
  access,
  type Code,
  instruction,
  type One,
  select,
  type Three,
  type Two,
  vectorInstruction,
} from "./code.ts";
import { hasRelaxedSimd } from "./memory.ts";

const bytesOf = (value: number) =>
  new Uint8Array(new Float32Array([value]).buffer);
const constant = (value: number): Code => [0x43, ...bytesOf(value)];

const less = instruction(0x5d);
const greater = instruction(0x5e);
const equal = instruction(0x5b);

type Keep = (value: Code, holds: Code) => Code;

/** What keeps a value or makes it 0, as a comparison says. */
const keeping = (
  [keepIf, keepUnless]: readonly [Keep, Keep],
  greater: (a: Code, b: Code) => Code,
  equal: (a: Code, b: Code) => Code,
) => ({
  /** `value` where `a` > `b`, else 0. */
  keepIfGreater: (value: Code, a: Code, b: Code): Code =>
    keepIf(value, greater(a, b)),
  /** `value` where `a` = `b`, else 0. */
  keepIfEqual: (value: Code, a: Code, b: Code): Code =>
    keepIf(value, equal(a, b)),
  /** `value` where `a` ≠ `b`, else 0. */
  keepUnlessEqual: (value: Code, a: Code, b: Code): Code =>
    keepUnless(value, equal(a, b)),
});

/** Instructions on one float. */
export const f32 = {
  constant,
  load: access([0x2a], 2).load,
  store: access([0x38], 2).store,
  add: instruction(0x92),
  sub: instruction(0x93),
  mul: instruction(0x94),
  div: instruction(0x95),
  sqrt: instruction<One>(0x91),
  greater,
  equal,
  /** `yes` where a comparison holds, else `no`. */
  pick: select,
  /** `b` where it is greater, else `a`. */
  max: (a: Code, b: Code): Code => select(b, a, less(a, b)),
  /** `b` where it is less, else `a`. */
  min: (a: Code, b: Code): Code => select(b, a, less(b, a)),
  ...keeping(
    [
      (value, holds) => select(value, constant(0), holds),
      (value, holds) => select(constant(0), value, holds),
    ],
    greater,
    equal,
  ),
};

const and = vectorInstruction(0x4e);
const laneGreater = vectorInstruction(0x44);
const laneEqual = vectorInstruction(0x41);

const add = vectorInstruction<Two>(0xe4);
const mul = vectorInstruction<Two>(0xe6);

/** Instructions on four floats at once. */
export const f32x4 = {
  /** One number in all four lanes. */
  constant: (value: number): Code => {
    const lane = bytesOf(value);
    return [0xfd, 12, ...lane, ...lane, ...lane, ...lane];
  },
  /** Four floats from memory; a multiple of 4 bytes is aligned enough. */
  load: access([0xfd, 0], 2).load,
  /** One float from memory in all four lanes. */
  loadSplat: access([0xfd, 9], 2).load,
  store: access([0xfd, 11], 2).store,
  /** Four of the eight floats of two vectors, by their numbers from 0 to 7. */
  shuffle: (a: Code, b: Code, floats: readonly number[]): Code => [
    a,
    b,
    0xfd,
    13,
    ...floats.flatMap((i) => [4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3]),
  ],
  add,
  sub: vectorInstruction(0xe5),
  mul,
  div: vectorInstruction(0xe7),
  sqrt: vectorInstruction<One>(0xe3),
  greater: laneGreater,
  equal: laneEqual,
  /** `yes` where a comparison holds, else `no`, lane by lane. */
  pick: vectorInstruction<[yes: Code, no: Code, holds: Code]>(0x52),
  /** `b` where it is greater, else `a`: one instruction, unlike IEEE's. */
  max: vectorInstruction(0xeb),
  /** `b` where it is less, else `a`. */
  min: vectorInstruction(0xea),
  ...keeping([and, vectorInstruction(0x4f)], laneGreater, laneEqual),
  /** Bitwise, so a comparison's result works as a mask. */
  and,
  /** a · b + c, in one rounding where the processor and the runtime have it. */
  multiplyAdd: hasRelaxedSimd()
    ? vectorInstruction<Three>(0x105)
    : (...[a, b, c]: Three): Code => add(mul(a, b), c),
};
