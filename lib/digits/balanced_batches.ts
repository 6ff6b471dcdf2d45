import { checkValue } from "../numeric/domain.ts";
import { optionsOf } from "../numeric/options.ts";
import { refuse } from "../numeric/refuse.ts";
import { checkClassSizes, indicesByClass } from "./classes.ts";
import { checkLabels } from "./labels.ts";

const action = "make balanced batches";

/** The size of the batches, P×K, and what they are drawn from. */
export interface BalancedBatches {
  /** The class of each image of the dataset. */
  labels: ArrayLike<number>;
  /** P, the number of classes in a batch. */
  classesPerBatch: number;
  /** K, the number of images of each of them. */
  imagesPerClass: number;
}

/**
 * Makes sure that batches can be drawn, before anything is made for them.
 *
 * @throws {RangeError} If P or K is not a whole number of 1 or more, there are
 * fewer than P classes, a class has fewer than K images, or a label is not a whole
 * number of 32 bits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const batches = { labels: [0, 0, 1, 1], classesPerBatch: 3, imagesPerClass: 2 };
 * assert.throws(() => checkBalancedBatches(batches), {
 *   message:
 *     "Cannot make balanced batches: expected classesPerBatch of at most 2, the classes there are, got 3",
 * });
 * ```
 */
export function checkBalancedBatches(batches: BalancedBatches): void {
  const { labels, classesPerBatch, imagesPerClass } = optionsOf(
    action,
    batches,
  );
  for (
    const [name, size] of Object.entries({ classesPerBatch, imagesPerClass })
  ) checkValue(action, name, size, { type: "integer", min: 1 });
  checkLabels(action, labels);
  const byClass = indicesByClass(labels);
  if (classesPerBatch > byClass.size) {
    refuse(
      action,
      `classesPerBatch of at most ${byClass.size}, the classes there are`,
      `${classesPerBatch}`,
    );
  }
  const named = `imagesPerClass = ${imagesPerClass}`;
  checkClassSizes(action, byClass, imagesPerClass, named);
}
