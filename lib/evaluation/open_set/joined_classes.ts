import { checkWhole } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkRoom } from "../../numeric/shape.ts";
import { indicesByClass } from "../../digits/classes.ts";
import { checkDataset, type Dataset } from "../../digits/dataset.ts";
import { centerByMass } from "./center_by_mass.ts";

/** How many symbols are made, and which numbers they get. */
export interface JoinedOptions {
  /** The images of each new class. */
  perClass: number;
  /** The label of the first new class, of those not in use; the next count on, to 255. */
  firstLabel: number;
  /** Draws the two images of which each new one is made. */
  random: Random;
}

/** Which half of an image comes from the one digit; the rest is the other's. */
type Cut = (row: number, column: number, size: Dataset) => boolean;
const cuts: readonly Cut[] = [
  (row, _, { height }) => row < height / 2,
  (_, column, { width }) => column < width / 2,
];

/**
 * Adds new classes of handwriting, made out of those that are there: the upper half of
 * one class above the lower half of another, and the left half beside the right half
 * of another. Each pair of two classes gives two new ones in each order, so that n
 * classes become 2·n·(n − 1) new ones. Both halves are of images drawn anew for each
 * new one, and the whole is moved to about where MNIST has its digits: its center of mass
 * is in the middle.
 *
 * A network that is to compare symbols that it has never seen learns more from many
 * classes than from many images of a few. Omniglot's classes are multiplied by
 * turning them (Santoro et al. 2016, https://arxiv.org/abs/1605.06065, section 4.1),
 * which takes symbols that are others when turned; a 0 or an 8 is not.
 *
 * @returns The dataset's own images, followed by the new classes.
 * @throws {RangeError} If it is no dataset of two classes or more, the labels would
 * exceed 255, or an option is missing or out of range.
 *
 * @example An upper half of class 3 above a lower half of class 5
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * const dataset = {
 *   images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
 *   labels: Uint8Array.of(3, 5),
 *   count: 2, height: 2, width: 2,
 * };
 * const random = createRandom(1);
 * const all = withJoinedClasses(dataset, { perClass: 1, firstLabel: 10, random });
 * assert.deepEqual([...all.labels], [3, 5, 10, 11, 12, 13]);
 * assert.deepEqual([...all.images.subarray(8, 12)], [1, 2, 7, 8]);
 * assert.deepEqual([...all.images.subarray(12, 16)], [1, 6, 3, 8]);
 * ```
 */
export function withJoinedClasses(
  dataset: Dataset,
  options: JoinedOptions,
): Dataset {
  const action = "join halves of images";
  checkDataset(action, dataset);
  const { perClass, firstLabel, random } = optionsOf(action, options);
  checkWhole(action, "perClass", perClass, 1);
  checkWhole(action, "firstLabel", firstLabel, 0, 255);
  checkRandom(action, random);
  const members = [...indicesByClass(dataset.labels).values()];
  if (members.length < 2) {
    refuse(action, "images of two classes or more", `${members.length}`);
  }
  const kinds = members.flatMap((one) =>
    members.filter((other) => other !== one)
      .flatMap((other) => cuts.map((cut) => ({ one, other, cut })))
  );
  const last = firstLabel + kinds.length - 1;
  if (last > 255) refuse(action, "labels of at most 255", `${last}`);
  const used = dataset.labels.find((label) =>
    label >= firstLabel && label <= last
  );
  if (used !== undefined) {
    refuse(action, "new labels that are not in use", `${used}`);
  }

  const { height, width } = dataset;
  const size = height * width;
  const count = dataset.count + kinds.length * perClass;
  checkRoom(action, "images", [count, height, width], 1);
  const images = new Uint8Array(count * size);
  images.set(dataset.images);
  const labels = new Uint8Array(count);
  labels.set(dataset.labels);
  const imageOf = (indices: Int32Array) => {
    const index = indices[random.integer(indices.length)]!;
    return dataset.images.subarray(index * size, (index + 1) * size);
  };
  let next = dataset.count;
  for (const [kind, { one, other, cut }] of kinds.entries()) {
    for (let i = 0; i < perClass; i++, next++) {
      const [first, second] = [imageOf(one), imageOf(other)];
      const joined = first.map((pixel, place) => {
        const [row, column] = [Math.floor(place / width), place % width];
        return cut(row, column, dataset) ? pixel : second[place]!;
      });
      images.set(centerByMass(joined, dataset), next * size);
      labels[next] = firstLabel + kind;
    }
  }
  return { images, labels, count, height, width };
}
