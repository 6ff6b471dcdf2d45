/**
 * Points of a picture, `[n]` numbers for each axis. A picture of fewer than three
 * dimensions has zeros along the others.
 */
export type Axes = readonly [Float64Array, Float64Array, Float64Array];

/** Points that are all at the origin. */
export function origin(count: number): Axes {
  const axis = () => new Float64Array(count);
  return [axis(), axis(), axis()];
}

/**
 * How badly points show the neighbours that they should have: the
 * Kullback–Leibler divergence KL(P‖Q) in nats, 0 at best.
 *
 * @param p `[n (n − 1) / 2]`, as `jointProbabilitySteps` gives them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const p = Float64Array.of(0.4, 0.1, 0);
 * const [good, bad] = [origin(3), origin(3)];
 * good[0].set([0, 0.1, -2]);
 * bad[0].set([0, 2, 0.1]);
 * assert.ok(tSneDivergence(p, good) < tSneDivergence(p, bad));
 * ```
 */
export function tSneDivergence(p: Float64Array, points: Axes): number {
  const [x, y, z] = points;
  let sum = 0;
  for (let i = 0, pair = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      const probability = p[pair++]!;
      if (probability === 0) continue;
      const dx = x[i]! - x[j]!, dy = y[i]! - y[j]!, dz = z[i]! - z[j]!;
      const apart = 1 + dx * dx + dy * dy + dz * dz;
      sum += probability * Math.log(probability * apart);
    }
  }
  // Both directions of each pair; and −ln q = ln(1 + d²) + ln Σw, with Σp = 1.
  // Where Q is P, rounding may leave less than 0.
  return Math.max(0, 2 * sum + Math.log(sumOfWeights(points)));
}

/** Over both directions of each pair. */
function sumOfWeights([x, y, z]: Axes): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!, yi = y[i]!, zi = z[i]!;
    for (let j = i + 1; j < x.length; j++) {
      const dx = xi - x[j]!, dy = yi - y[j]!, dz = zi - z[j]!;
      sum += 1 / (1 + dx * dx + dy * dy + dz * dz);
    }
  }
  return 2 * sum;
}
