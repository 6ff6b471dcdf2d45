import { checkWhole } from "../numeric/domain.ts";
import { refuse } from "../numeric/refuse.ts";
import { checkRandom, type Random, shuffle } from "../numeric/random.ts";
import { checkLabels } from "./labels.ts";

/**
 * Lists the indices of each class, ascending, in the order of the classes.
 *
 * @throws {RangeError} If a label is not a whole number of 32 bits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const byClass = indicesByClass([5, 3, 5]);
 * assert.deepEqual([...byClass.keys()], [3, 5]);
 * assert.deepEqual(byClass.get(5), Int32Array.of(0, 2));
 * ```
 */
export function indicesByClass(
  labels: ArrayLike<number>,
): Map<number, Int32Array> {
  checkLabels("list the images of each class", labels);
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const indices = byClass.get(label);
    if (indices) indices.push(i);
    else byClass.set(label, [i]);
  }
  return new Map(
    [...byClass].sort(([a], [b]) => a - b)
      .map(([label, indices]) => [label, Int32Array.from(indices)]),
  );
}

/**
 * Counts the images of each class, in the order of the classes.
 *
 * @throws {RangeError} If a label is not a whole number of 32 bits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...classCounts([5, 3, 5])], [[3, 1], [5, 2]]);
 * ```
 */
export function classCounts(labels: ArrayLike<number>): Map<number, number> {
  return new Map(
    [...indicesByClass(labels)].map(([label, { length }]) => [label, length]),
  );
}

/**
 * Draws the same number of images from every class, no image twice: such as
 * the 100 training images of each digit that make its centroid.
 *
 * @param perClass The number of images of each class.
 * @returns The indices, `[classes · perClass]`, class by class.
 * @throws {RangeError} If `perClass` is not a whole number of 1 or more, a class
 * has fewer images, or a label is not a whole number of 32 bits.
 *
 * @example One image of each of two classes
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../numeric/random.ts";
 *
 * const [three, five] = drawPerClass([5, 3, 5], 1, createRandom(0));
 * assert.equal(three, 1);
 * assert.ok(five === 0 || five === 2);
 * ```
 */
export function drawPerClass(
  labels: ArrayLike<number>,
  perClass: number,
  random: Random,
): Int32Array {
  const action = "draw images of each class";
  checkWhole(action, "perClass", perClass, 1, Infinity);
  checkLabels(action, labels);
  checkRandom(action, random);
  const byClass = indicesByClass(labels);
  checkClassSizes(action, byClass, perClass);
  const drawn = new Int32Array(byClass.size * perClass);
  let end = 0;
  for (const indices of byClass.values()) {
    drawn.set(shuffle(indices, random).subarray(0, perClass), end);
    end += perClass;
  }
  return drawn;
}

/**
 * Refuses classes of which one has too few images.
 *
 * @param named How the least number is called in the error; by default it stands alone.
 * @throws {RangeError} If one has fewer than `least`.
 */
export function checkClassSizes(
  action: string,
  byClass: ReadonlyMap<number, Int32Array>,
  least: number,
  named = `${least}`,
): void {
  for (const [label, { length }] of byClass) {
    if (length >= least) continue;
    refuse(action, `at least ${named} images of class ${label}`, `${length}`);
  }
}
