/**
 * Loops over channels: four at a time, then one by one where their number is
 * not a multiple of four.
 *
 * @module
 */
import {
  type Code,
  f32,
  f32x4,
  forEach,
  i32,
  type Local,
  type ValueType,
} from "./instructions.ts";

/** What a loop's body needs to work on one float or on four alike. */
export interface Lane {
  type: ValueType;
  constant(value: number): Code;
  load(address: Code, offset?: number): Code;
  store(address: Code, value: Code, offset?: number): Code;
  add(a: Code, b: Code): Code;
  sub(a: Code, b: Code): Code;
  mul(a: Code, b: Code): Code;
  div(a: Code, b: Code): Code;
  sqrt(a: Code): Code;
  /** Whether `a` > `b`, for `pick`. */
  greater(a: Code, b: Code): Code;
  /** Whether `a` = `b`, for `pick`. */
  equal(a: Code, b: Code): Code;
  /** `yes` where a comparison holds, else `no`. */
  pick(yes: Code, no: Code, holds: Code): Code;
  /** `b` where it is greater, else `a`. */
  max(a: Code, b: Code): Code;
  /** `b` where it is less, else `a`. */
  min(a: Code, b: Code): Code;
  /** `value` where `a` > `b`, else 0. */
  keepIfGreater(value: Code, a: Code, b: Code): Code;
  /** `value` where `a` = `b`, else 0. */
  keepIfEqual(value: Code, a: Code, b: Code): Code;
  /** `value` where `a` ≠ `b`, else 0. */
  keepUnlessEqual(value: Code, a: Code, b: Code): Code;
}

export const four: Lane = { type: "v128", ...f32x4 };
export const one: Lane = { type: "f32", ...f32, constant: f32.const };

/**
 * Runs the body for every channel; `offset` counts the bytes from the first.
 */
export function eachChannel(
  channels: Local,
  offset: Local,
  body: (lane: Lane) => Code,
): Code {
  const bytes = i32.mul(channels.get, i32.const(4));
  const whole = i32.mul(i32.and(channels.get, i32.const(-4)), i32.const(4));
  return [
    offset.set(i32.const(0)),
    forEach(offset, whole, 16, body(four)),
    forEach(offset, bytes, 4, body(one)),
  ];
}
