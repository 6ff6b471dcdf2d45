/**
 * Turns a point on the circle by a key: the arrows up and right against the
 * clock, down and left with it, by 2 degrees, or 10 with Shift. This runs in a
 * page too, from its source, so it uses nothing from outside of it.
 *
 * @param angle In radians.
 * @param key As in `KeyboardEvent.key`.
 * @returns The angle after it, from −π to π; undefined for a key that turns nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(turnByKey(0, "ArrowUp", false), Math.PI / 90);
 * assert.equal(turnByKey(0, "Enter", false), undefined);
 * ```
 */
export function turnByKey(
  angle: number,
  key: string,
  withShift: boolean,
): number | undefined {
  const turn = ["ArrowUp", "ArrowRight"].includes(key)
    ? 1
    : ["ArrowDown", "ArrowLeft"].includes(key)
    ? -1
    : undefined;
  if (turn === undefined) return undefined;
  const turned = angle + turn * (withShift ? 10 : 2) * Math.PI / 180;
  return turned > Math.PI
    ? turned - 2 * Math.PI
    : turned < -Math.PI
    ? turned + 2 * Math.PI
    : turned;
}
