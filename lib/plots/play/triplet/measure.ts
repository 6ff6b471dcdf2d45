/** Which kind of triplet a negative makes, by its squared distance from the anchor. */
export interface TripletBand {
  name: "hard" | "semi-hard" | "easy";
  from: number;
  /** At most 4. */
  to: number;
}

/** What the loss sees of three points on the circle, and where it sends them. */
export interface MeasuredTriplet {
  /** Anchor, positive and negative, `[3][2]`, each of length 1. */
  points: number[][];
  /** The squared distance of anchor and positive, 0 to 4. */
  toPositive: number;
  /** The squared distance of anchor and negative, 0 to 4. */
  toNegative: number;
  /** By the same rules as `countTriplets`: a tie is hard, the far end of the margin's band semi-hard. */
  kind: TripletBand["name"];
  /** Those that are not empty, from 0 to 4. */
  bands: TripletBand[];
  loss: number;
  /** The loss's gradient at each point, `[3][2]`, as if points were free. */
  gradients: number[][];
  /** How fast the loss grows with each angle, `[3]`: what the circle leaves of the gradient. */
  slopes: number[];
}

/**
 * Measures a triplet of three points on the unit circle. This runs in a page
 * too, from its source, so it uses nothing from outside of it.
 *
 * @param angles Of anchor, positive and negative, in radians.
 * @param margin 0 or more.
 *
 * @example The negative at a right angle, the positive at half of it
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { kind, toNegative, loss } = measureTriplet(
 *   [0, Math.PI / 4, Math.PI / 2],
 *   0.2,
 * );
 * assert.equal(kind, "easy");
 * assert.equal(toNegative.toFixed(6), "2.000000");
 * assert.equal(loss, 0);
 * ```
 */
export function measureTriplet(
  angles: readonly number[],
  margin: number,
): MeasuredTriplet {
  const points = angles.map((angle) => [Math.cos(angle), Math.sin(angle)]);
  const [a, p, n] = points as [number[], number[], number[]];
  const minus = (x: number[], y: number[]) =>
    x.map((value, k) => value - y[k]!);
  const squared = (x: number[]) => x[0]! ** 2 + x[1]! ** 2;
  const toPositive = squared(minus(a, p));
  const toNegative = squared(minus(a, n));
  const loss = Math.max(0, toPositive - toNegative + margin);
  const kind = toNegative <= toPositive
    ? "hard"
    : toNegative <= toPositive + margin
    ? "semi-hard"
    : "easy";
  const far = Math.min(4, toPositive + margin);
  const all: TripletBand[] = [
    { name: "hard", from: 0, to: toPositive },
    { name: "semi-hard", from: toPositive, to: far },
    { name: "easy", from: far, to: 4 },
  ];
  const bands = all.filter(({ from, to }) => from < to);
  const pull = loss > 0 ? 2 : 0;
  const gradients = [minus(n, p), minus(p, a), minus(a, n)]
    .map((row) => row.map((value) => pull * value));
  // A point that turns moves along (−y, x).
  const slopes = gradients.map(([gx, gy], i) =>
    gy! * points[i]![0]! - gx! * points[i]![1]!
  );
  return {
    points,
    toPositive,
    toNegative,
    kind,
    bands,
    loss,
    gradients,
    slopes,
  };
}
