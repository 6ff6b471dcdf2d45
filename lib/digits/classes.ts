import { type Random, shuffle } from "../random.ts";

/**
 * Lists the indices of each class, ascending, in the order of the classes.
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
 * @throws {RangeError} If `perClass` is not a whole number of 1 or more, or a
 * class has fewer images.
 *
 * @example One image of each of two classes
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../random.ts";
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
  if (!Number.isInteger(perClass) || perClass < 1) {
    throw new RangeError(
      `Cannot draw images of each class: expected a whole number of 1 or more, got ${perClass}`,
    );
  }
  const byClass = indicesByClass(labels);
  const drawn = new Int32Array(byClass.size * perClass);
  let end = 0;
  for (const [label, indices] of byClass) {
    if (indices.length < perClass) {
      throw new RangeError(
        `Cannot draw images of each class: expected at least ${perClass} images of class ${label}, got ${indices.length}`,
      );
    }
    drawn.set(shuffle(indices, random).subarray(0, perClass), end);
    end += perClass;
  }
  return drawn;
}
