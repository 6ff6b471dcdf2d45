/** A place in the units of two axes of one scale. */
export type LabelPlace = readonly [x: number, y: number];

const rounds = 200;

/**
 * Moves labels that lie over each other apart, each as little as that takes.
 *
 * @param places Where the labels' middles should be.
 * @param size The width and the height of a label, in the same units.
 * @returns The places in the same order; those of labels that are free stay.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const free = spreadLabels([[0, 0], [9, 9]], [2, 2]);
 * assert.deepEqual(free, [[0, 0], [9, 9]]);
 * const [a, b] = spreadLabels([[0, 0], [1, 0]], [2, 2]);
 * assert.ok(b![0] - a![0] >= 2);
 * ```
 */
export function spreadLabels(
  places: readonly LabelPlace[],
  [width, height]: LabelPlace,
): LabelPlace[] {
  const moved = places.map(([x, y]): [number, number] => [x, y]);
  for (let round = 0; round < rounds; round++) {
    let overlaps = false;
    for (let i = 0; i < moved.length; i++) {
      for (let j = 0; j < i; j++) {
        overlaps = part(moved[i]!, moved[j]!, width, height) || overlaps;
      }
    }
    if (!overlaps) break;
  }
  return moved;
}

/** Moves two labels that overlap along the way that is shorter; says whether they did. */
function part(
  a: [number, number],
  b: [number, number],
  width: number,
  height: number,
): boolean {
  const [dx, dy] = [a[0] - b[0], a[1] - b[1]];
  const missing = [width - Math.abs(dx), height - Math.abs(dy)] as const;
  // Rounding may leave a little of what has been parted.
  if (missing[0] <= 1e-6 * width || missing[1] <= 1e-6 * height) return false;
  const axis = missing[0] / width <= missing[1] / height ? 0 : 1;
  const sign = (axis === 0 ? dx : dy) < 0 ? -1 : 1;
  const step = sign * missing[axis] * 0.5 * (1 + 1e-6);
  a[axis] += step;
  b[axis] -= step;
  return true;
}
