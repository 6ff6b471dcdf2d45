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
 * How t-SNE's points are pulled and pushed: the gradient of
 * {@linkcode tSneDivergence} (van der Maaten & Hinton 2008, equation 5),
 *
 * ∂KL/∂yᵢ = 4 Σⱼ (pᵢⱼ − qᵢⱼ) wᵢⱼ (yᵢ − yⱼ), where wᵢⱼ = 1 / (1 + ‖yᵢ − yⱼ‖²) and
 * q is w divided by its sum.
 *
 * Plain loops over pairs in double precision: the reference for `tSneGradients`,
 * which t-SNE's steps take.
 *
 * @param p `[n (n − 1) / 2]`, as `jointProbabilities` gives them.
 * @param exaggeration What p is multiplied by.
 *
 * @example Two points that should be neighbours attract each other
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const points = origin(3);
 * points[0].set([0, 1, 5]);
 * const [x] = tSneGradient(Float64Array.of(0.5, 0, 0), points, 1);
 * assert.ok(x[0]! < 0 && x[1]! > 0);
 * ```
 */
export function tSneGradient(
  p: Float64Array,
  [x, y, z]: Axes,
  exaggeration: number,
): Axes {
  const count = x.length;
  const scale = 1 / sumOfWeights([x, y, z]);
  const gradient = origin(count);
  const [gx, gy, gz] = gradient;
  for (let i = 0, pair = 0; i < count; i++) {
    const xi = x[i]!, yi = y[i]!, zi = z[i]!;
    let sx = 0, sy = 0, sz = 0;
    for (let j = i + 1; j < count; j++) {
      const dx = xi - x[j]!, dy = yi - y[j]!, dz = zi - z[j]!;
      const w = 1 / (1 + dx * dx + dy * dy + dz * dz);
      const force = 4 * (exaggeration * p[pair++]! - scale * w) * w;
      sx += force * dx;
      sy += force * dy;
      sz += force * dz;
      gx[j]! -= force * dx;
      gy[j]! -= force * dy;
      gz[j]! -= force * dz;
    }
    gx[i]! += sx;
    gy[i]! += sy;
    gz[i]! += sz;
  }
  return gradient;
}

/**
 * How badly points show the neighbours that they should have: the
 * Kullback–Leibler divergence KL(P‖Q) in nats, 0 at best.
 *
 * @param p `[n (n − 1) / 2]`, as `jointProbabilities` gives them.
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
