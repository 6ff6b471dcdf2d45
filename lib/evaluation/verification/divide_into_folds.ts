import { indicesByClass } from "../../digits/classes.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { checkRandom, type Random, shuffle } from "../../numeric/random.ts";
import { checkSomeLabels } from "../embeddings/checks.ts";

/**
 * Divides images into folds at random, each image in one fold, so that every
 * fold has as many of each class as every other, give or take one.
 *
 * @param folds How many, at least 2 and no more than images.
 * @returns The indices of each fold, ascending.
 * @throws {RangeError} If the number is not whole and in that range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * const folds = divideIntoFolds([5, 5, 3, 3], 2, createRandom(1));
 * for (const [first, second] of folds) {
 *   assert.ok(first! < 2 && second! >= 2);
 * }
 * ```
 */
export function divideIntoFolds(
  labels: ArrayLike<number>,
  folds: number,
  random: Random,
): Int32Array[] {
  const action = "divide images into folds";
  checkSomeLabels(action, labels);
  checkWhole(action, "folds", folds, 2, labels.length, "one image each");
  checkRandom(action, random);
  const dealt: number[][] = Array.from({ length: folds }, () => []);
  let next = 0;
  for (const indices of indicesByClass(labels).values()) {
    for (const index of shuffle(indices, random)) {
      dealt[next++ % folds]!.push(index);
    }
  }
  return dealt.map((fold) => Int32Array.from(fold).sort());
}
