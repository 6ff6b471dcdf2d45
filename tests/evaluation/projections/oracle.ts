/**
 * What t-SNE's parts are held against.
 *
 * @module
 */
import { jointProbabilitySteps } from "../../../lib/evaluation/projections/joint_probabilities.ts";
import {
  type Axes,
  origin,
} from "../../../lib/evaluation/projections/t_sne_divergence.ts";
import type { Embeddings } from "../../../lib/numeric/embeddings.ts";

/** All steps of {@linkcode jointProbabilitySteps} at once. */
export function jointProbabilities(
  embeddings: Embeddings,
  perplexity: number,
): Float64Array {
  const steps = jointProbabilitySteps(embeddings, perplexity);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * The gradient of `tSneDivergence` by plain loops over pairs, in double precision.
 *
 * @param exaggeration What p is multiplied by.
 */
export function tSneGradient(
  p: Float64Array,
  [x, y, z]: Axes,
  exaggeration: number,
): Axes {
  const count = x.length;
  let weights = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const dx = x[i]! - x[j]!, dy = y[i]! - y[j]!, dz = z[i]! - z[j]!;
      weights += 2 / (1 + dx * dx + dy * dy + dz * dz);
    }
  }
  const scale = 1 / weights;
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
