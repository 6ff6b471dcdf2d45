import type { PenPoint, Stroke } from "./strokes.ts";

/** Places between two points of a curve. */
const between = 8;

/**
 * The places that a pen passes: the points of a straight stroke, and of a curved
 * one a smooth line through them (Catmull and Rom's spline).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const points = [[0, 0], [1, 1], [2, 0]] as const;
 * assert.deepEqual(penPath({ points, curved: false }), points);
 * const path = penPath({ points, curved: true });
 * assert.equal(path.length, 17);
 * assert.deepEqual(path[8], [1, 1]);
 * assert.deepEqual(path[4], [0.4375, 0.5625]);
 * ```
 */
export function penPath({ points, curved }: Stroke): readonly PenPoint[] {
  if (!curved) return points;
  // The ends count twice, as there is nothing past them.
  const at = (i: number) =>
    points[Math.min(Math.max(i, 0), points.length - 1)]!;
  const path = points.slice(1).flatMap((_, i) => {
    const near = [at(i - 1), at(i), at(i + 1), at(i + 2)] as const;
    return Array.from(
      { length: between },
      (_, step) => onSpline(near, step / between),
    );
  });
  return [...path, at(points.length - 1)];
}

/** The place at `t`, 0 to 1, between the second point and the third. */
function onSpline(
  [a, b, c, d]: readonly [PenPoint, PenPoint, PenPoint, PenPoint],
  t: number,
): PenPoint {
  const along = (axis: 0 | 1) =>
    b[axis] + t / 2 * (c[axis] - a[axis] +
        t * (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis] +
            t * (3 * (b[axis] - c[axis]) + d[axis] - a[axis])));
  return [along(0), along(1)];
}
