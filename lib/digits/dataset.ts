import { checkList } from "../numeric/list.ts";
import { optionsOf } from "../numeric/options.ts";
import { checkValue } from "../numeric/domain.ts";
import { refuse, shown } from "../numeric/refuse.ts";
import { checkBytes } from "./files/check_bytes.ts";
import type { ByteArray } from "./files/idx.ts";
import type { Dataset } from "./files/labelled_images.ts";
import { checkLabels } from "./labels.ts";

export type { Dataset };

/**
 * Joins images and labels, as IDX files hold them, to a dataset. Nothing is
 * copied.
 *
 * @param images `[count, height, width]`
 * @param labels `[count]`
 * @throws {RangeError} If the shapes are others, the counts differ, or the data are
 * not bytes, as many as the shapes have.
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
  const action = "pair images with labels";
  const size = { type: "integer", min: 0 } as const;
  checkList(action, "images.shape", optionsOf(action, images).shape, size);
  checkList(action, "labels.shape", optionsOf(action, labels).shape, size);
  const [count, height, width, ...more] = images.shape;
  if (
    count === undefined || height === undefined || width === undefined ||
    more.length > 0
  ) {
    refuse(action, "images of 3 dimensions", `shape [${images.shape}]`);
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== count) {
    refuse(
      action,
      `${count} labels for ${count} images`,
      `labels of shape [${labels.shape}]`,
    );
  }
  const [pixels, classes] = [images.data, labels.data];
  const dataset = { images: pixels, labels: classes, count, height, width };
  checkDataset(action, dataset);
  return dataset;
}

/** What a label is stored in. */
export const byte = { type: "integer", min: 0, max: 255 } as const;

/**
 * Refuses what is no dataset: images that are not bytes, or not as many images and
 * labels as it counts.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} With what is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const images = new Uint8Array(4);
 * const set = { images, labels: Uint8Array.of(7), count: 1, height: 2, width: 2 };
 * checkDataset("train", set);
 * assert.throws(() => checkDataset("train", { ...set, count: 2 }), {
 *   message:
 *     "Cannot train: expected 8 bytes for 2 images of 2×2 pixels, got 4",
 * });
 * ```
 */
export function checkDataset(action: string, dataset: Dataset): void {
  if (typeof dataset !== "object" || dataset === null) {
    refuse(action, "a dataset", shown(dataset));
  }
  const { images, labels, count, height, width } = dataset;
  for (const [name, value] of Object.entries({ count, height, width })) {
    checkValue(action, name, value, { type: "integer", min: 0 });
  }
  checkBytes(action, images);
  if (images.length !== count * height * width) {
    const pixels = `${count} images of ${height}×${width} pixels`;
    const expected = `${count * height * width} bytes for ${pixels}`;
    refuse(action, expected, `${images.length}`);
  }
  checkLabels(action, labels, count);
  if (labels instanceof Uint8Array) return;
  for (let i = 0; i < count; i++) {
    checkValue(action, `the label of image ${i}`, labels[i], byte);
  }
}
