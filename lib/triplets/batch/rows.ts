import { indicesByClass } from "../../digits/classes.ts";
import { pick } from "../../numeric/sort_indices.ts";
import type { Batch } from "./batch.ts";

/** One image of a batch as an anchor sees the others. */
export interface AnchorRow {
  image: number;
  /** Its distance to each image of the batch. */
  distances: Float32Array;
  /** The other images of its class, ascending; at least one. */
  positives: Int32Array;
  /** The images of other classes, ascending; at least one. */
  negatives: Int32Array;
}

/**
 * Goes through the images that have a positive and a negative, ascending. The
 * arrays of a row are valid until the next one.
 */
export function* rowsOf(
  { count, distances, labels, first = 0 }: Batch,
): Generator<AnchorRow> {
  const classes = indicesByClass(labels);
  const same = new Int32Array(count);
  const different = new Int32Array(count);
  const last = first + distances.length / count;
  for (let image = first; image < last; image++) {
    const label = labels[image]!;
    const members = classes.get(label)!;
    if (members.length === 1 || members.length === count) continue;
    let [positives, negatives] = [0, 0];
    for (let other = 0; other < count; other++) {
      if (labels[other] !== label) different[negatives++] = other;
      else if (other !== image) same[positives++] = other;
    }
    const start = (image - first) * count;
    yield {
      image,
      distances: distances.subarray(start, start + count),
      positives: same.subarray(0, positives),
      negatives: different.subarray(0, negatives),
    };
  }
}

/** The distances to some images, ascending. */
export function sortedDistances(
  distances: Float32Array,
  images: Int32Array,
): Float32Array {
  return pick(distances, images).sort();
}
