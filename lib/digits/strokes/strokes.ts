import { isIn } from "../../numeric/domain.ts";
import { refuse, shown } from "../../numeric/refuse.ts";

/**
 * A drawing as the pen went: the points `[x, y]` of each stroke on a square sheet,
 * from 0 to 1, from the left and from the top.
 */
export type Strokes = readonly (readonly (readonly [number, number])[])[];

/** More than anybody draws by hand. */
const [mostStrokes, mostPoints] = [200, 10_000];

const side = { type: "number", min: 0, max: 1 } as const;

/**
 * Refuses what are no strokes.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If it is no list of lists of points from 0 to 1, or there are
 * more than 200 strokes or 10,000 points.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkStrokes("draw", [[[0, 0], [0.5, 1]]]);
 * assert.throws(() => checkStrokes("draw", [[[0, 2]]]), {
 *   message: "Cannot draw: expected points [x, y] from 0 to 1, got [0, 2] in stroke 0",
 * });
 * ```
 */
export function checkStrokes(
  action: string,
  strokes: unknown,
): asserts strokes is Strokes {
  if (!Array.isArray(strokes)) {
    refuse(action, "a list of strokes", shown(strokes));
  }
  const most = `at most ${mostStrokes} strokes and ${mostPoints} points`;
  if (strokes.length > mostStrokes) {
    refuse(action, most, `${strokes.length} strokes`);
  }
  let points = 0;
  // Unlike `forEach`, this meets the gaps of a list too.
  for (const [i, stroke] of strokes.entries()) {
    if (!Array.isArray(stroke)) {
      refuse(action, "a list of points", `${shown(stroke)} as stroke ${i}`);
    }
    points += stroke.length;
    if (points > mostPoints) refuse(action, most, "more points");
    for (const point of stroke) {
      const isPoint = Array.isArray(point) && point.length === 2 &&
        Array.from(point).every((value) => isIn(side, value));
      if (!isPoint) {
        refuse(
          action,
          "points [x, y] from 0 to 1",
          `${shown(point)} in stroke ${i}`,
        );
      }
    }
  }
}
