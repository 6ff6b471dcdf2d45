import { checkWhole } from "../../numeric/domain.ts";
import { checkRoom } from "../../numeric/shape.ts";

/** What WebAssembly's whole numbers hold. */
const most = 2 ** 31 - 1;

/**
 * Refuses a window that no image could be seen through.
 *
 * @param action What is being done, the opening of an error's message.
 * @param window The names and values of its side and of its step.
 * @throws {RangeError} If one is not a whole number from 1 to 2³¹ − 1, or the
 * window alone would take more than 4 GiB.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkWindow("pool", { size: 3, stride: 2 });
 * assert.throws(() => checkWindow("pool", { size: 3, stride: 0 }), {
 *   message:
 *     "Cannot pool: expected stride to be a whole number from 1 to 2147483647, got 0",
 * });
 * ```
 */
export function checkWindow(
  action: string,
  window: Record<string, number>,
): void {
  for (const [name, value] of Object.entries(window)) {
    checkWhole(action, name, value, 1, most);
  }
  const [side] = Object.values(window) as [number];
  checkRoom(action, "a window", [side, side]);
}

/**
 * The shape that windows with "same" padding make of images, batched or not: it is
 * rounded up, and a side that is not known yet, which is null, stays so.
 *
 * @param channels Those of the result (the images' own by default).
 */
export function windowedShape(
  shape: readonly (number | null)[],
  stride: number,
  channels: number | null = shape.at(-1)!,
): (number | null)[] {
  const windows = (side: number | null) => side && Math.ceil(side / stride);
  return [...shape.slice(0, -3), ...shape.slice(-3, -1).map(windows), channels];
}

/**
 * The cells that "same" padding adds before and after a side, by TensorFlow's rule:
 * as few as ⌈length / stride⌉ windows need, an odd one at the end.
 *
 * @example At stride 2 other libraries pad both ends alike
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(samePadding(28, 3, 1), [1, 1]);
 * assert.deepEqual(samePadding(28, 3, 2), [0, 1]);
 * ```
 */
export function samePadding(
  length: number,
  size: number,
  stride: number,
): [before: number, after: number] {
  const windows = Math.ceil(length / stride);
  const total = Math.max((windows - 1) * stride + size - length, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}
