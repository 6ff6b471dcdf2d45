/**
 * Code is a tree of bytes. An expression leaves its value on WebAssembly's
 * stack, a statement leaves nothing, and putting pieces into one array runs
 * them in order, so a kernel reads almost like the loop that it is:
 *
 * ```ts ignore
 * forEach(i, n.get, 4, [f32x4.store(i.get, f32x4.add(a.get, b.get))])
 * ```
 *
 * Opcodes in this folder: WebAssembly core specification 3.0, chapter 5.4 (binary
 * format of instructions), which includes 128-bit and relaxed SIMD.
 *
 * @module
 */
import { unsigned } from "./leb128.ts";

/** Bytes of WebAssembly, nested as deep as is convenient. */
export type Code = readonly (number | Code | Callee)[];

/** Stands for the index of a function that is called. */
export interface Callee {
  readonly callee: WasmFunction;
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

/** Declares a local variable. */
export type Declare = (type: ValueType) => Local;

/**
 * A function of WebAssembly, before it is linked. All operands are i32, as addresses
 * and counts are, and it gives nothing.
 */
export interface WasmFunction<Operand extends string = string> {
  readonly name: string;
  /** The names of its operands, in the order of its parameters. */
  readonly operands: readonly Operand[];
  /** Writes its code, once for each thread. */
  write(
    operands: Readonly<Record<Operand, Local>>,
    local: Declare,
    target: Target,
  ): Code;
}

/** What code is written for: a thread on a processor. */
export interface Target {
  /** How many vectors of four floats its registers hold. */
  readonly vectorRegisters: 16 | 32;
  /**
   * Where a block begins in the memory of this thread: a multiple of 64. Accesses at
   * constant addresses need no check of their bounds.
   */
  addressOf(block: FixedBlock): number;
}

/** Memory that each thread has at an address of its own, which never changes. */
export interface FixedBlock {
  readonly name: string;
  readonly fixedBytes: number;
}

/** The operands of an instruction. */
export type One = [a: Code];
export type Two = [a: Code, b: Code];
export type Three = [a: Code, b: Code, c: Code];

/** An instruction of one byte, behind its operands. */
export const instruction =
  <Operands extends Code[] = Two>(opcode: number) =>
  (...operands: Operands): Code => [...operands, opcode];

/** A vector instruction. */
export const vectorInstruction =
  <Operands extends Code[] = Two>(opcode: number) =>
  (...operands: Operands): Code => [...operands, 0xfd, ...unsigned(opcode)];

/** `yes` where a condition is not 0, else `no`; both are computed. */
export const select = (yes: Code, no: Code, holds: Code): Code => [
  yes,
  no,
  holds,
  0x1b,
];

/**
 * Makes access to memory: an address, perhaps a value, the opcode, and what is added
 * to the address.
 *
 * @param alignment The logarithm of the multiple that addresses are.
 */
export const access = (opcode: readonly number[], alignment: number) => ({
  load: (address: Code, offset = 0): Code => [
    address,
    ...opcode,
    alignment,
    ...unsigned(offset),
  ],
  store: (address: Code, value: Code, offset = 0): Code => [
    address,
    value,
    ...opcode,
    alignment,
    ...unsigned(offset),
  ],
});
