/**
 * The instructions that a first kernel of one's own needs, with their types written
 * out: some of those of `integers.ts` and `floats.ts`.
 *
 * @module
 */
import type { Code } from "./code.ts";
import { f32 as floats, f32x4 as vectors } from "./floats.ts";
import { i32 as integers } from "./integers.ts";

/** Takes the codes of two values and gives the code of one. */
export type BinaryInstruction = (a: Code, b: Code) => Code;

/** Reads from memory; `offset` bytes are added to the address. */
export type Load = (address: Code, offset?: number) => Code;

/** Instructions on whole numbers and addresses. */
export interface IntegerInstructions {
  const(value: number): Code;
  load: Load;
  add: BinaryInstruction;
  sub: BinaryInstruction;
  mul: BinaryInstruction;
}

/** Instructions on floats. */
export interface FloatInstructions {
  /** The same number in all places. */
  constant(value: number): Code;
  load: Load;
  store(address: Code, value: Code, offset?: number): Code;
  add: BinaryInstruction;
  sub: BinaryInstruction;
  mul: BinaryInstruction;
}

/** Instructions on four floats at once. */
export interface VectorInstructions extends FloatInstructions {
  /** One float from memory in all four places. */
  loadSplat: Load;
  /** a · b + c, in one rounding where the processor has that. */
  multiplyAdd(a: Code, b: Code, c: Code): Code;
}

/**
 * Instructions on addresses and whole numbers.
 *
 * @example The tree of bytes that adds 1 to the number at address 8
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const code = i32.add(i32.load(i32.const(8)), i32.const(1));
 * assert.deepEqual(code.flat(9), [0x41, 8, 0x28, 2, 0, 0x41, 1, 0x6a]);
 * ```
 */
export const i32: IntegerInstructions = integers;

/** Instructions on one float. */
export const f32: FloatInstructions = floats;

/** Instructions on four floats at once. */
export const f32x4: VectorInstructions = vectors;
