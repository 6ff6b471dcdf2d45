import { indicesByClass } from "../../digits/classes.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { upperBound } from "../../numeric/search.ts";
import {
  mostSquared,
  squaredDistance,
} from "../../triplets/distances/squared_distance.ts";
import { countPairKinds } from "./divide_pairs.ts";
import {
  type LabelledEmbeddings,
  readLabelled,
} from "../embeddings/labelled.ts";
import type { PairDistances } from "./pair_distances.ts";
import { checkPairs } from "./roc.ts";

/** So many distances take 400 MB. */
const MOST = 1e8;

/** Numbers may exceed those of all pairs, as these are drawn with replacement. */
export interface SampleOptions {
  /** How many pairs of one class, at most 100 million. */
  positives: number;
  /** How many pairs of two classes, at most as many. */
  negatives: number;
  /** Decides which. */
  random: Random;
}

/**
 * Draws pairs of images at random and measures their squared distances: as
 * many of one class as of two, say, as LFW has them, or some of more pairs than
 * can be counted.
 *
 * Every pair of one class is as likely as every other, whatever the size of
 * its class, and so is every pair of two. They are drawn with replacement.
 * Distances are summed in double precision.
 *
 * @param images Embeddings and labels; a tensor stays the caller's.
 * @throws {RangeError} If the embeddings or labels are unusable, there are no
 * pairs of one class or none of two to draw, or a number is not whole and
 * from 1 to 10⁸.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[0], [1], [5]]);
 * const { positive, negative } = samplePairs(
 *   { embeddings, labels: [3, 3, 8] },
 *   { positives: 2, negatives: 4, random: createRandom(1) },
 * );
 * assert.deepEqual([...positive], [1, 1]);
 * assert.ok(negative.every((distance) => distance === 25 || distance === 16));
 * ```
 */
export function samplePairs(
  images: LabelledEmbeddings,
  options: SampleOptions,
): PairDistances {
  const action = "sample pairs";
  const { positives, negatives, random } = optionsOf(action, options);
  const { embeddings, labels } = readLabelled(action, images);
  checkWhole(action, "positives", positives, 1, MOST);
  checkWhole(action, "negatives", negatives, 1, MOST);
  checkRandom(action, random);
  const available = countPairKinds(labels);
  checkPairs(action, available.positives, available.negatives);

  const members = [...indicesByClass(labels).values()];
  const classOfPositive = weighted(
    members.map(({ length }) => length * (length - 1)),
    random,
  );
  const classOfNegative = weighted(
    members.map(({ length }) => length * (labels.length - length)),
    random,
  );
  // All images in the order of their classes, so a class is one stretch.
  const ordered = members.flatMap((indices) => [...indices]);
  let end = 0;
  const starts = members.map(({ length }) => (end += length) - length);
  const most = mostSquared(embeddings, embeddings);
  const distance = (i: number, j: number) =>
    Math.min(most, squaredDistance(embeddings, i, embeddings, j));
  const drawPositive = () => {
    const own = members[classOfPositive()]!;
    const i = random.integer(own.length);
    const j = random.integer(own.length - 1);
    return distance(own[i]!, own[j < i ? j : j + 1]!);
  };
  const drawNegative = () => {
    const label = classOfNegative();
    const own = members[label]!;
    const j = random.integer(labels.length - own.length);
    return distance(
      own[random.integer(own.length)]!,
      ordered[j < starts[label]! ? j : j + own.length]!,
    );
  };
  return {
    positive: Float32Array.from({ length: positives }, drawPositive),
    negative: Float32Array.from({ length: negatives }, drawNegative),
  };
}

/** Makes a function that draws an index as often as its weight says. */
function weighted(weights: number[], random: Random): () => number {
  let sum = 0;
  const ends = Float64Array.from(weights, (weight) => sum += weight);
  return () => upperBound(ends, random.integer(sum));
}
