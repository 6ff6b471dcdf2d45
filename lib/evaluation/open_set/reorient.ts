import { checkValue } from "../../numeric/domain.ts";
import { checkDataset, type Dataset } from "../../digits/dataset.ts";

/** Which pixel of an image of `last + 1` rows and columns a new one is. */
type From = (
  row: number,
  column: number,
  last: { row: number; column: number },
) => readonly [number, number];

/** How {@linkcode reorientImages} places images anew. */
export type Orientation = "turned" | "upside down" | "mirrored";

/** Where each pixel comes from. */
const orientations: Record<Orientation, From> = {
  // By a quarter, clockwise: what stood lies.
  turned: (row, column, last) => [last.row - column, row],
  "upside down": (row, column, last) => [last.row - row, column],
  mirrored: (row, column, last) => [row, last.column - column],
};

const names = Object.keys(orientations);

/**
 * Copies images turned by a quarter clockwise, upside down (top and bottom
 * swapped) or mirrored (left and right swapped): handwriting that is no digit, for
 * a network that has seen digits alone.
 *
 * @returns A dataset with the labels of the one given; the images of a turned one
 * are as high as those were wide.
 * @throws {RangeError} If it is no dataset, or the orientation is none of the three.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const dataset = {
 *   images: Uint8Array.of(1, 2, 3, 4),
 *   labels: Uint8Array.of(7),
 *   count: 1, height: 2, width: 2,
 * };
 * const pixels = (how: Orientation) => [...reorientImages(dataset, how).images];
 * assert.deepEqual(pixels("turned"), [3, 1, 4, 2]);
 * assert.deepEqual(pixels("upside down"), [3, 4, 1, 2]);
 * assert.deepEqual(pixels("mirrored"), [2, 1, 4, 3]);
 * ```
 */
export function reorientImages(
  dataset: Dataset,
  orientation: Orientation,
): Dataset {
  const action = "reorient images";
  checkDataset(action, dataset);
  checkValue(action, "orientation", orientation, { type: "choice", of: names });
  const from = orientations[orientation];
  const { count, images, labels } = dataset;
  const isTurned = orientation === "turned";
  const height = isTurned ? dataset.width : dataset.height;
  const width = isTurned ? dataset.height : dataset.width;
  const last = { row: dataset.height - 1, column: dataset.width - 1 };
  const size = height * width;
  const places = Int32Array.from({ length: size }, (_, place) => {
    const [row, column] = from(Math.floor(place / width), place % width, last);
    return row * dataset.width + column;
  });
  const moved = new Uint8Array(images.length);
  for (let i = 0; i < count; i++) {
    for (let place = 0; place < size; place++) {
      moved[i * size + place] = images[i * size + places[place]!]!;
    }
  }
  return { images: moved, labels: labels.slice(), count, height, width };
}
