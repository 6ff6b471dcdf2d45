import type { EmbeddingRows } from "../checks.ts";
import { squaredDistance } from "../squared_distance.ts";

// Where scikit-learn stops as well: near enough in nats of entropy, or after
// so many steps.
const TOLERANCE = 1e-5;
const SEARCH_STEPS = 100;

/**
 * How much two embeddings are neighbours, as t-SNE sees it (van der Maaten &
 * Hinton 2008, equations 1 and 2): each is the middle of a Gaussian as wide as to
 * have the given perplexity, and a pair gets the mean of both directions.
 *
 * @param perplexity About how many neighbours a point has, above 1 and below
 * n − 1.
 * @returns `[n (n − 1) / 2]`: pᵢⱼ for all i < j, row by row, with the sum 1/2;
 * the other half is pⱼᵢ.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const line = { values: Float32Array.of(0, 1, 9, 10), count: 4, size: 1 };
 * const [p01, p02, p03, p12, p13, p23] = jointProbabilities(line, 1.5);
 * assert.ok(p01! > p02! && p02! > p03!);
 * assert.ok(Math.abs(p01! + p02! + p03! + p12! + p13! + p23! - 0.5) < 1e-12);
 * ```
 */
export function jointProbabilities(
  embeddings: EmbeddingRows,
  perplexity: number,
): Float64Array {
  const steps = jointProbabilitySteps(embeddings, perplexity);
  while (true) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * {@linkcode jointProbabilities}, which stops after each row of distances and
 * each row of probabilities: of many embeddings they take long.
 */
export function* jointProbabilitySteps(
  embeddings: EmbeddingRows,
  perplexity: number,
): Generator<void, Float64Array> {
  const { count } = embeddings;
  const distances = new Float64Array(count * (count - 1) / 2);
  for (let i = 0, pair = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      distances[pair++] = squaredDistance(embeddings, i, embeddings, j);
    }
    yield;
  }
  const joint = new Float64Array(distances.length);
  const from = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      from[j] = i === j ? Infinity : distances[pairOf(i, j, count)]!;
    }
    const picks = neighbours(from, i, perplexity);
    for (let j = 0; j < count; j++) {
      if (i !== j) joint[pairOf(i, j, count)]! += picks[j]! / (2 * count);
    }
    yield;
  }
  return joint;
}

/** Where the pair of i and j is: after i rows of n − 1, n − 2, … pairs. */
function pairOf(i: number, j: number, count: number): number {
  const low = Math.min(i, j), high = Math.max(i, j);
  return low * (2 * count - low - 3) / 2 + high - 1;
}

/**
 * The probabilities with which point `i` would pick each other one as its
 * neighbour: a Gaussian whose precision is searched for until its entropy is the
 * logarithm of the perplexity.
 *
 * @param distances `[n]`, the squared ones from it; its own is infinite.
 */
function neighbours(
  distances: Float64Array,
  i: number,
  perplexity: number,
): Float64Array {
  // Relative to the nearest one, which changes no probability, the largest
  // weight is 1, and no sum can vanish.
  const nearest = distances.reduce((a, b) => Math.min(a, b));
  const weights = new Float64Array(distances.length);
  let precision = 1, least = 0, most = Infinity, sum = 0;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    sum = 0;
    let weighted = 0;
    for (let j = 0; j < distances.length; j++) {
      if (j === i) continue;
      const distance = distances[j]! - nearest;
      const weight = Math.exp(-distance * precision);
      weights[j] = weight;
      sum += weight;
      weighted += distance * weight;
    }
    const entropy = Math.log(sum) + precision * weighted / sum;
    const difference = entropy - Math.log(perplexity);
    if (Math.abs(difference) <= TOLERANCE) break;
    if (difference > 0) {
      least = precision;
      precision = most === Infinity ? 2 * precision : (precision + most) / 2;
    } else {
      most = precision;
      precision = (precision + least) / 2;
    }
  }
  return weights.map((weight) => weight / sum);
}
