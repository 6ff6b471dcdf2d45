import { checkValue } from "../numeric/domain.ts";
import { checkLength } from "../numeric/list.ts";
import { refuse, shown } from "../numeric/refuse.ts";
import { byte, type Dataset } from "./dataset.ts";
import { checkBytes } from "./files/check_bytes.ts";

/**
 * Copies the images at the given indices, in their order, to a dataset of
 * their own.
 *
 * @throws {RangeError} If an index is not in [0, count), the images are not bytes,
 * or the label of one is not a whole number from 0 to 255.
 *
 * @example The last image alone
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const dataset = {
 *   images: new Uint8Array([10, 20, 30]),
 *   labels: new Uint8Array([1, 2, 3]),
 *   count: 3,
 *   height: 1,
 *   width: 1,
 * };
 * const last = selectImages(dataset, [2]);
 * assert.deepEqual([last.images[0], last.labels[0]], [30, 3]);
 * ```
 */
export function selectImages(
  dataset: Dataset,
  indices: ArrayLike<number>,
): Dataset {
  const action = "take images";
  checkIndices(indices, dataset.count);
  checkBytes(action, dataset.images);
  const { height, width } = dataset;
  const size = height * width;
  const count = indices.length;
  const images = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const index = indices[i]!;
    images.set(
      dataset.images.subarray(index * size, (index + 1) * size),
      i * size,
    );
    const label = dataset.labels[index];
    checkValue(action, `the label of image ${index}`, label, byte);
    labels[i] = label!;
  }
  return { images, labels, count, height, width };
}

/**
 * Checks that every index is that of one of `count` images.
 *
 * @throws {RangeError} If one is not a whole number in [0, count).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkIndices([0, 9], 10);
 * assert.throws(() => checkIndices([0, 10], 10), RangeError);
 * ```
 */
export function checkIndices(indices: ArrayLike<number>, count: number): void {
  checkLength("take images", "indices", indices);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      refuse(
        "take images",
        `indices in [0, ${count})`,
        `${shown(index)} at position ${i}`,
      );
    }
  }
}
