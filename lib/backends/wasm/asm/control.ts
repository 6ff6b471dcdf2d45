/**
 * Loops, choices and calls.
 *
 * @module
 */
import type { Code, Local, WasmFunction } from "./code.ts";
import { i32 } from "./integers.ts";
import { unsigned } from "./leb128.ts";

const branchIf = (depth: number, condition: Code): Code => [
  condition,
  0x0d,
  ...unsigned(depth),
];

/** Runs `body` once and again as long as the condition is not 0 after it. */
export const doWhile = (condition: Code, body: Code): Code => [
  0x03,
  0x40,
  body,
  branchIf(0, condition),
  0x0b,
];

/** Runs `yes` if the condition is not 0, else `no`. */
export function when(condition: Code, yes: Code, no?: Code): Code {
  return [condition, 0x04, 0x40, yes, no ? [0x05, no] : [], 0x0b];
}

/** Code whose end {@linkcode leaveIf}, directly inside, jumps to. */
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

/** Calls another function. */
export function call<Operand extends string>(
  callee: WasmFunction<Operand>,
  operands: Readonly<Record<NoInfer<Operand>, Code>>,
): Code {
  return [callee.operands.map((name) => operands[name]), 0x10, { callee }];
}

/** The values of locals, as operands of a call. */
export const valuesOf = <Name extends string>(
  locals: Readonly<Record<Name, Local>>,
): Record<Name, Code> =>
  Object.fromEntries(
    Object.entries<Local>(locals).map(([name, { get }]) => [name, get]),
  ) as Record<Name, Code>;
