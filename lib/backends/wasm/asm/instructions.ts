/**
 * The instructions of WebAssembly that the kernels use, as functions from code
 * to code.
 *
 * Code is a tree of bytes. An expression leaves its value on WebAssembly's
 * stack, a statement leaves nothing, and putting pieces into one array runs
 * them in order, so a kernel reads almost like the loop that it is:
 *
 * ```ts ignore
 * forEach(i, n.get, 4, [f32x4.store(i.get, f32x4.add(a.get, b.get))])
 * ```
 *
 * Opcodes: WebAssembly core specification 3.0, chapter 5.4 (binary format of
 * instructions), which includes 128-bit and relaxed SIMD.
 *
 * @module
 */
import { signed, unsigned } from "./leb128.ts";

/** Bytes of WebAssembly, nested as deep as is convenient. */
export type Code = readonly (number | Code | FunctionIndex | PlacedAddress)[];

/**
 * A constant address in the arena: so many bytes from its beginning, which is known
 * only when the module is placed. A constant access is not checked at run time.
 */
export interface PlacedAddress {
  readonly fromArena: number;
  /** Whether it is encoded with a sign, as values are and offsets are not. */
  readonly hasSign: boolean;
}

/** Stands for the index of a function of the module. */
export interface FunctionIndex {
  readonly name: string;
}

/** The types of values that the kernels use. */
export type ValueType = "i32" | "f32" | "v128";

/** A local variable of a function under construction. */
export interface Local {
  /** Pushes its value. */
  readonly get: Code;
  /** Takes a new value. */
  set(value: Code): Code;
  /** Adds a constant to an i32 local. */
  increase(by: number | Code): Code;
}

const op = (opcode: number) => (...operands: Code[]): Code => [
  ...operands,
  opcode,
];
const simd = (opcode: number) => (...operands: Code[]): Code => [
  ...operands,
  0xfd,
  ...unsigned(opcode),
];

const select = 0x1b;
const f32const = (value: number): Code => [
  0x43,
  ...new Uint8Array(new Float32Array([value]).buffer),
];

/** What is added to an address: a number, or the arena's beginning and a number. */
type Offset = number | { fromArena: number };

const encoded = (offset: Offset): Code =>
  typeof offset === "number"
    ? unsigned(offset)
    : [{ ...offset, hasSign: false }];

/** Instructions on whole numbers and addresses. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value | 0)],
  /** An address in the arena as a value. */
  placed: (fromArena: number): Code => [0x41, { fromArena, hasSign: true }],
  load: (address: Code, offset: Offset = 0): Code => [
    address,
    0x28,
    2,
    encoded(offset),
  ],
  store: (address: Code, value: Code, offset: Offset = 0): Code => [
    address,
    value,
    0x36,
    2,
    encoded(offset),
  ],
  add: op(0x6a),
  sub: op(0x6b),
  mul: op(0x6c),
  /** Rounded down; of numbers that are not negative. */
  div: op(0x6e),
  and: op(0x71),
  lessThan: op(0x49),
  equal: op(0x46),
  /** The lesser of two, which are both written out twice. */
  min: (a: Code, b: Code): Code => [a, b, a, b, 0x49, select],
};

/** Instructions on one float. */
export const f32 = {
  const: f32const,
  load: (address: Code, offset: Offset = 0): Code => [
    address,
    0x2a,
    2,
    encoded(offset),
  ],
  store: (address: Code, value: Code, offset: Offset = 0): Code => [
    address,
    value,
    0x38,
    2,
    encoded(offset),
  ],
  add: op(0x92),
  sub: op(0x93),
  mul: op(0x94),
  div: op(0x95),
  sqrt: op(0x91),
  greater: op(0x5e),
  equal: op(0x5b),
  /** `yes` where a comparison holds, else `no`. */
  pick: (yes: Code, no: Code, holds: Code): Code => [yes, no, holds, select],
  /** `b` where it is greater, else `a`. */
  max: (a: Code, b: Code): Code => [b, a, a, b, 0x5d, select],
  /** `b` where it is less, else `a`. */
  min: (a: Code, b: Code): Code => [b, a, b, a, 0x5d, select],
  /** `value` where `a` > `b`, else 0. */
  keepIfGreater: (value: Code, a: Code, b: Code): Code => [
    value,
    f32const(0),
    a,
    b,
    0x5e,
    select,
  ],
  /** `value` where `a` = `b`, else 0. */
  keepIfEqual: (value: Code, a: Code, b: Code): Code => [
    value,
    f32const(0),
    a,
    b,
    0x5b,
    select,
  ],
  /** `value` where `a` ≠ `b`, else 0. */
  keepUnlessEqual: (value: Code, a: Code, b: Code): Code => [
    value,
    f32const(0),
    a,
    b,
    0x5c,
    select,
  ],
};

/** Instructions on four floats at once. */
export const f32x4 = {
  /** One number in all four lanes. */
  constant: (value: number): Code => {
    const lane = new Uint8Array(new Float32Array([value]).buffer);
    return [0xfd, 12, ...lane, ...lane, ...lane, ...lane];
  },
  /** Four floats from memory; a multiple of 4 bytes is aligned enough. */
  load: (address: Code, offset: Offset = 0): Code => [
    address,
    0xfd,
    0,
    2,
    encoded(offset),
  ],
  /** One float from memory in all four lanes. */
  loadSplat: (address: Code, offset: Offset = 0): Code => [
    address,
    0xfd,
    9,
    2,
    encoded(offset),
  ],
  store: (address: Code, value: Code, offset: Offset = 0): Code => [
    address,
    value,
    0xfd,
    11,
    2,
    encoded(offset),
  ],
  /** One of the four floats to memory. */
  storeLane: (address: Code, value: Code, lane: number): Code => [
    address,
    value,
    0xfd,
    90,
    2,
    0,
    lane,
  ],
  /** Four of the eight floats of two vectors, by their numbers from 0 to 7. */
  shuffle: (a: Code, b: Code, floats: readonly number[]): Code => [
    a,
    b,
    0xfd,
    13,
    ...floats.flatMap((i) => [4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3]),
  ],
  add: simd(0xe4),
  sub: simd(0xe5),
  mul: simd(0xe6),
  div: simd(0xe7),
  sqrt: simd(0xe3),
  greater: simd(0x44),
  equal: simd(0x41),
  /** `yes` where a comparison holds, else `no`, lane by lane. */
  pick: (yes: Code, no: Code, holds: Code): Code => simd(0x52)(yes, no, holds),
  /** `b` where it is greater, else `a`: one instruction, unlike IEEE's. */
  max: simd(0xeb),
  /** `b` where it is less, else `a`. */
  min: simd(0xea),
  /** `value` where `a` > `b`, else 0, lane by lane. */
  keepIfGreater: (value: Code, a: Code, b: Code): Code =>
    f32x4.and(value, simd(0x44)(a, b)),
  /** `value` where `a` = `b`, else 0, lane by lane. */
  keepIfEqual: (value: Code, a: Code, b: Code): Code =>
    f32x4.and(value, simd(0x41)(a, b)),
  /** `value` where `a` ≠ `b`, else 0, lane by lane. */
  keepUnlessEqual: (value: Code, a: Code, b: Code): Code =>
    simd(0x4f)(value, simd(0x41)(a, b)),
  /** Bitwise, so a comparison's result works as a mask. */
  and: simd(0x4e),
  /** a · b + c in one rounding where the processor has it. */
  multiplyAdd: simd(0x105),
};

/** Instructions on four whole numbers at once. */
export const i32x4 = {
  /** One number in all four lanes. */
  constant: (value: number): Code => {
    const lane = new Uint8Array(new Int32Array([value]).buffer);
    return [0xfd, 12, ...lane, ...lane, ...lane, ...lane];
  },
  /** Whether they are less, as numbers without a sign. */
  lessThan: simd(0x3a),
  /** Twice as much. */
  double: (values: Code): Code => simd(0xab)(values, i32.const(1)),
  toFloats: simd(0xfa),
};

/** Instructions on one float64, which only lives on the stack and in memory. */
export const f64 = {
  load: (address: Code, offset: Offset = 0): Code => [
    address,
    0x2b,
    3,
    encoded(offset),
  ],
  store: (address: Code, value: Code, offset: Offset = 0): Code => [
    address,
    value,
    0x39,
    3,
    encoded(offset),
  ],
  add: op(0xa0),
  div: op(0xa3),
  /** Of a float32. */
  ofFloat: op(0xbb),
  /** A count without a sign as a float64. */
  ofCount: op(0xb8),
  /** Rounded to float32. */
  round: op(0xb6),
};

/** Instructions on two float64 at once. */
export const f64x2 = {
  add: simd(0xf0),
  /** The first two of four floats. */
  ofLow: simd(0x5f),
  /** The last two of four floats, which are written out twice. */
  ofHigh: (floats: Code): Code =>
    simd(0x5f)(f32x4.shuffle(floats, floats, [2, 3, 2, 3])),
  /** One float from memory, and 0. */
  ofFloat: (address: Code): Code =>
    simd(0x5f)([address, 0xfd, 0x5c, 2, ...unsigned(0)]),
  /** Its two numbers added: a float64. */
  total: (pair: Code): Code =>
    f64.add([pair, 0xfd, 0x21, 0], [pair, 0xfd, 0x21, 1]),
};

/** Runs `body` once and again as long as the condition is not 0 after it. */
export const doWhile = (condition: Code, body: Code): Code => [
  0x03,
  0x40,
  body,
  branchIf(0, condition),
  0x0b,
];
const branchIf = (depth: number, condition: Code): Code => [
  condition,
  0x0d,
  ...unsigned(depth),
];

/** Runs `yes` if the condition is not 0, else `no`. */
export function when(condition: Code, yes: Code, no?: Code): Code {
  return [condition, 0x04, 0x40, yes, no ? [0x05, no] : [], 0x0b];
}

/** A block that {@linkcode leaveIf} can end early. */
export const block = (body: Code): Code => [0x02, 0x40, body, 0x0b];
/** Ends the innermost block on a condition. */
export const leaveIf = (condition: Code): Code => branchIf(0, condition);

/** Counts `i` from its present value to `end`, which may be reached at once. */
export function forEach(
  i: Local,
  end: Code,
  step: number | Code,
  body: Code,
): Code {
  const more = i32.lessThan(i.get, end);
  return when(more, doWhile(more, [body, i.increase(step)]));
}

/** Runs `body` `n` times, counting `n` down to 0. */
export function repeat(n: Local, body: Code): Code {
  return when(n.get, doWhile(n.get, [body, n.increase(-1)]));
}

/** Calls a function of the module that gives nothing. */
export const call = (name: string, ...operands: Code[]): Code => [
  ...operands,
  0x10,
  { name },
];

/** Copies bytes; the regions may overlap. */
export const copyMemory = (to: Code, from: Code, bytes: Code): Code => [
  to,
  from,
  bytes,
  0xfc,
  10,
  0,
  0,
];

/** Sets bytes to 0. */
export const clearMemory = (at: Code, bytes: Code): Code => [
  at,
  i32.const(0),
  bytes,
  0xfc,
  11,
  0,
];
