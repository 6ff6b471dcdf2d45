import { classCounts } from "../../digits/classes.ts";

/**
 * Counts the pairs of one class and those of two.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(countPairKinds([7, 7, 9]), { positives: 1, negatives: 2 });
 * ```
 */
export function countPairKinds(
  labels: ArrayLike<number>,
): { positives: number; negatives: number } {
  const pairs = (count: number) => count * (count - 1) / 2;
  const positives = classCounts(labels).values()
    .reduce((sum, count) => sum + pairs(count), 0);
  return { positives, negatives: pairs(labels.length) - positives };
}

/**
 * Makes two lists of distances, of pairs of one class and of two, and a function
 * that fills them: it gets the distances from one image after the other to all,
 * and takes each pair once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { take, positive, negative } = dividePairs([7, 7, 9]);
 * [[0, 1, 4], [1, 0, 2], [4, 2, 0]].forEach(take);
 * assert.deepEqual([[...positive], [...negative]], [[1], [4, 2]]);
 * ```
 */
export function dividePairs(labels: ArrayLike<number>): {
  positive: Float32Array;
  negative: Float32Array;
  take: (distances: ArrayLike<number>, image: number) => void;
} {
  const { positives, negatives } = countPairKinds(labels);
  const positive = new Float32Array(positives);
  const negative = new Float32Array(negatives);
  let [positivesHeld, negativesHeld] = [0, 0];
  const take = (distances: ArrayLike<number>, image: number) => {
    for (let other = image + 1; other < labels.length; other++) {
      if (labels[other] === labels[image]) {
        positive[positivesHeld++] = distances[other]!;
      } else negative[negativesHeld++] = distances[other]!;
    }
  };
  return { positive, negative, take };
}
