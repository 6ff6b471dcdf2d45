/**
 * Loops over channels and other values: four at a time or more, then one by one
 * where their number is no multiple of that.
 *
 * @module
 */
import type { Code, Declare, Local, ValueType } from "./code.ts";
import { forEach } from "./control.ts";
import { f32, f32x4 } from "./floats.ts";
import { i32 } from "./integers.ts";

/** What a loop's body needs to work on one float or on four alike. */
export type Lane =
  & { type: ValueType }
  & Pick<typeof f32x4, keyof (typeof f32 | typeof f32x4)>;

export const four: Lane = { type: "v128", ...f32x4 };
export const one: Lane = { type: "f32", ...f32 };

/**
 * Runs the body for every channel; `offset` counts the bytes from the first.
 *
 * @param vectors How many vectors a step of the loop takes (default 1).
 * @param body Gets how many bytes a vector lies behind the first of its step.
 */
export function eachChannel(
  channels: Local,
  offset: Local,
  body: (lane: Lane, bytes: number) => Code,
  vectors = 1,
): Code {
  const bytes = (values: Code) => i32.mul(values, i32.const(4));
  const whole = i32.and(channels.get, i32.const(-4 * vectors));
  const step = Array.from({ length: vectors }, (_, i) => body(four, 16 * i));
  return [
    offset.set(i32.const(0)),
    forEach(offset, bytes(whole), 16 * vectors, step),
    forEach(offset, bytes(channels.get), 4, body(one, 0)),
  ];
}

/** Access to the values of arrays that a step of a loop is about. */
interface ValueAccess {
  load(array: Local): Code;
  store(array: Local, value: Code): Code;
}

/** The same for values that lie at the same place of several arrays. */
export function eachValue(
  local: Declare,
  count: Local,
  body: (lane: Lane, access: ValueAccess) => Code,
  vectors = 1,
): Code {
  const offset = local("i32");
  const place = (array: Local) => i32.add(array.get, offset.get);
  return eachChannel(
    count,
    offset,
    (lane, bytes) =>
      body(lane, {
        load: (array) => lane.load(place(array), bytes),
        store: (array, value) => lane.store(place(array), value, bytes),
      }),
    vectors,
  );
}
