import type { Embeddings } from "../../numeric/embeddings.ts";
import { squaredDistance } from "../../triplets/distances/squared_distance.ts";

// Where scikit-learn stops as well: near enough in nats of entropy, or after
// so many steps.
const TOLERANCE = 1e-5;
const SEARCH_STEPS = 100;

/**
 * How much two embeddings are neighbours, as t-SNE sees it (van der Maaten &
 * Hinton 2008, equations 1 and 2): each is the middle of a Gaussian as wide as to
 * have the given perplexity, and a pair gets the mean of both directions. It stops
 * after each row of distances and each row of probabilities: of many embeddings they
 * take long.
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
 * const steps = jointProbabilitySteps(line, 1.5);
 * let step = steps.next();
 * while (!step.done) step = steps.next();
 * const [p01, p02, p03] = step.value;
 * assert.ok(p01! > p02! && p02! > p03!);
 * ```
 */
export function* jointProbabilitySteps(
  embeddings: Embeddings,
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
  const pairs = new Uint32Array(count);
  const from = new Float64Array(count);
  const picks = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    findPairs(i, pairs);
    for (let j = 0; j < count; j++) from[j] = distances[pairs[j]!]!;
    from[i] = Infinity;
    pickNeighbours(from, perplexity, picks);
    for (let j = 0; j < count; j++) {
      if (i !== j) joint[pairs[j]!]! += picks[j]! / (2 * count);
    }
    yield;
  }
  return joint;
}

/** Where the pair of `i` and each other one is, after rows of n − 1, n − 2, … */
function findPairs(i: number, pairs: Uint32Array): void {
  const count = pairs.length;
  for (let j = 0, at = i - 1; j < count; j++) {
    pairs[j] = at;
    // Down the column of i to its row, and along that.
    at += j < i ? count - 2 - j : 1;
  }
}

/**
 * The probabilities with which a point would pick each one as its neighbour: a
 * Gaussian whose precision is searched for until its entropy is the logarithm of
 * the perplexity.
 *
 * @param distances `[n]`, the squared ones from it; its own is infinite.
 * @param picks `[n]`, where the probabilities go.
 */
function pickNeighbours(
  distances: Float64Array,
  perplexity: number,
  picks: Float64Array,
): void {
  // Relative to the nearest one, which changes no probability, the largest
  // weight is 1, and no sum can vanish.
  let nearest = Infinity;
  for (const distance of distances) nearest = Math.min(nearest, distance);
  let precision = 1, least = 0, most = Infinity, sum = 0;
  for (let tried = 0; tried < SEARCH_STEPS; tried++) {
    sum = 0;
    let weighted = 0, squares = 0;
    for (let j = 0; j < distances.length; j++) {
      const distance = distances[j]! - nearest;
      const weight = picks[j] = Math.exp(-distance * precision);
      // Of those too far to count; infinite times 0 is not a number.
      if (weight === 0) continue;
      sum += weight;
      weighted += distance * weight;
      squares += distance * distance * weight;
    }
    const mean = weighted / sum;
    const difference = Math.log(sum) + precision * mean - Math.log(perplexity);
    if (Math.abs(difference) <= TOLERANCE) break;
    if (difference > 0) least = precision;
    else most = precision;
    // Newton's method: with the logarithm of the precision, the entropy falls by
    // precision² · variance. A step is by a factor of e³ at most: of a point far
    // from all others the first one would lead so far down that no other step
    // gets back. Where a step leads out of what is left, that is halved.
    const slope = precision ** 2 * (squares / sum - mean ** 2);
    const step = Math.max(-3, Math.min(3, difference / slope));
    const next = precision * Math.exp(step);
    if (next > least && next < most) precision = next;
    else precision = most === Infinity ? 2 * precision : (least + most) / 2;
  }
  for (let j = 0; j < picks.length; j++) picks[j]! /= sum;
}
