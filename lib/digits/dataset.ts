import type { ByteArray } from "./idx.ts";

/** Grey images and the class of each. */
export interface Dataset {
  /** The pixels, 0 (background) to 255 (ink), `[count, height, width]`. */
  images: Uint8Array;
  /** The class of each image, `[count]`; for MNIST the digit, 0 to 9. */
  labels: Uint8Array;
  /** The number of images. */
  count: number;
  /** The height of every image in pixels. */
  height: number;
  /** The width of every image in pixels. */
  width: number;
}

/**
 * Joins images and labels, as IDX files hold them, to a dataset. Nothing is
 * copied.
 *
 * @param images `[count, height, width]`
 * @param labels `[count]`
 * @throws {RangeError} If the shapes are others, or the counts differ.
 *
 * @example Two images of 1×2 pixels
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const dataset = pairDataset(
 *   { shape: [2, 1, 2], data: new Uint8Array([0, 255, 255, 0]) },
 *   { shape: [2], data: new Uint8Array([7, 1]) },
 * );
 * assert.equal(dataset.count, 2);
 * assert.equal(dataset.width, 2);
 * ```
 */
export function pairDataset(images: ByteArray, labels: ByteArray): Dataset {
  const [count, height, width, ...more] = images.shape;
  if (
    count === undefined || height === undefined || width === undefined ||
    more.length > 0
  ) {
    throw new RangeError(
      `Cannot pair images with labels: expected images of 3 dimensions, got shape [${images.shape}]`,
    );
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== count) {
    throw new RangeError(
      `Cannot pair images with labels: expected ${count} labels for ${count} images, got labels of shape [${labels.shape}]`,
    );
  }
  return { images: images.data, labels: labels.data, count, height, width };
}

/**
 * Copies the images at the given indices, in their order, to a dataset of
 * their own.
 *
 * @throws {RangeError} If an index is not in [0, count).
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
  checkIndices(indices, dataset.count);
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
    labels[i] = dataset.labels[index]!;
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
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(
        `Cannot take images: expected indices in [0, ${count}), got ${index} at position ${i}`,
      );
    }
  }
}
