import { type Axes, origin } from "./t_sne_divergence.ts";

/** Points on their way. */
export interface Motion {
  points: Axes;
  /** The last move of each. */
  moves: Axes;
  /** How boldly each coordinate moves. */
  gains: Axes;
}

// As in scikit-learn. While neighbours attract each other 12 times as strongly,
// clusters come together; then they take their shapes.
const EXAGGERATION = 12;
const EXAGGERATED_STEPS = 250;

/** Points that have not moved yet. */
export function atRest(points: Axes): Motion {
  const count = points[0].length;
  const gains = origin(count);
  for (const axis of gains) axis.fill(1);
  return { points, moves: origin(count), gains };
}

/**
 * Moves the points one step, in place: by momentum and gains, with the schedule of
 * scikit-learn's `TSNE`.
 *
 * @param gradientAt The slopes of the divergence, with neighbours that attract
 * each other more strongly by a factor.
 * @param iteration Counted from 1.
 *
 * @example Down a slope
 * ```ts
 * import assert from "node:assert/strict";
 * import { origin } from "./t_sne_divergence.ts";
 *
 * const motion = atRest(origin(1));
 * const slope = origin(1);
 * slope[0].fill(-0.01);
 * move(() => slope, motion, 1);
 * assert.ok(Math.abs(motion.points[0][0]! - 0.5 * 0.8) < 1e-12);
 * ```
 */
export function move(
  gradientAt: (points: Axes, exaggeration: number) => Axes,
  motion: Motion,
  iteration: number,
): void {
  const exaggerated = iteration <= EXAGGERATED_STEPS;
  // The second part sets out from rest again.
  if (iteration === EXAGGERATED_STEPS + 1) {
    Object.assign(motion, atRest(motion.points));
  }
  const momentum = exaggerated ? 0.5 : 0.8;
  const rate = Math.max(50, motion.points[0].length / EXAGGERATION / 4);
  const exaggeration = exaggerated ? EXAGGERATION : 1;
  const gradient = gradientAt(motion.points, exaggeration);
  gradient.forEach((slopes, axis) => {
    const points = motion.points[axis]!;
    const moves = motion.moves[axis]!;
    const gains = motion.gains[axis]!;
    for (let i = 0; i < slopes.length; i++) {
      // Moves go against the slope. A coordinate that keeps its direction moves
      // more boldly, one that turns back more timidly.
      const kept = moves[i]! * slopes[i]! < 0;
      gains[i] = Math.max(0.01, kept ? gains[i]! + 0.2 : gains[i]! * 0.8);
      moves[i] = momentum * moves[i]! - rate * gains[i]! * slopes[i]!;
      points[i]! += moves[i]!;
    }
  });
}
