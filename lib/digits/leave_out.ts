import { checkClasses } from "./labels.ts";
import { selectImages } from "./select_images.ts";
import type { Dataset } from "./dataset.ts";

/**
 * A dataset without the images of some classes, in the same order.
 *
 * @returns The dataset itself where it has none of them, and else a copy.
 * @throws {RangeError} If a label, or a class, is not a whole number of 32 bits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const labels = Uint8Array.of(7, 1, 8, 1);
 * const images = Uint8Array.of(70, 10, 80, 11);
 * const dataset = { images, labels, count: 4, height: 1, width: 1 };
 * const known = leaveOutClasses(dataset, [7, 8]);
 * assert.deepEqual([...known.labels], [1, 1]);
 * assert.deepEqual([...known.images], [10, 11]);
 * ```
 */
export function leaveOutClasses(
  dataset: Dataset,
  classes: readonly number[],
): Dataset {
  checkClasses("leave out classes", "classes", classes);
  const kept = Array.from(dataset.labels, (_, index) => index)
    .filter((index) => !classes.includes(dataset.labels[index]!));
  return kept.length === dataset.count ? dataset : selectImages(dataset, kept);
}
