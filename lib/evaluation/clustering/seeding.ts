import type { Embeddings } from "../../numeric/embeddings.ts";
import type { Random } from "../../numeric/random.ts";
import { squaredDistance } from "../../triplets/distances/squared_distance.ts";

/**
 * Draws starting centers among the points by k-means++ (Arthur & Vassilvitskii
 * 2007): each with a probability that grows with the squared distance to the
 * nearest center drawn before, so that they lie apart.
 *
 * @param k From 1 to the number of points.
 * @returns `[k, size]`
 *
 * @example Two far groups get a center each
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * const values = Float32Array.of(0, 0, 0, 9, 9, 9);
 * const points = { values, count: 6, size: 1 };
 * const centers = drawCenters(points, 2, createRandom(1));
 * assert.deepEqual([...centers].toSorted(), [0, 9]);
 * ```
 */
export function drawCenters(
  points: Embeddings,
  k: number,
  random: Random,
): Float64Array {
  const { values, count, size } = points;
  const centers = new Float64Array(k * size);
  const distances = new Float64Array(count).fill(Infinity);
  for (let c = 0; c < k; c++) {
    const chosen = c === 0 ? random.integer(count) : draw(distances, random);
    centers.set(values.subarray(chosen * size, (chosen + 1) * size), c * size);
    for (let i = 0; i < count; i++) {
      const distance = squaredDistance(points, i, points, chosen);
      distances[i] = Math.min(distances[i]!, distance);
    }
  }
  return centers;
}

/** Draws an index with a probability in proportion to its weight. */
function draw(weights: Float64Array, random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Only where all points lie on centers already.
  if (total === 0) return random.integer(weights.length);
  let left = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) break;
  }
  return last;
}
