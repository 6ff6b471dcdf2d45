import { checkWhole } from "../../numeric/domain.ts";
import { checkTriplets } from "../batch/check_triplets.ts";
import type { Triplets } from "../batch/triplets.ts";

/** Some triplets with the images that they are made of. */
export interface TripletPack {
  /** The images, each once, in the order in which the triplets name them. */
  images: Int32Array;
  /** The triplets, as indices into `images`. */
  triplets: Triplets;
}

/**
 * Divides triplets of a dataset into packs to train on one by one. A pack names
 * each of its images once, however many triplets it is in: vincenthanna/
 * facenet_on_mnist, with its packs of 50, embeds an image again for each.
 *
 * @param triplets Indices into a dataset, such as
 * {@linkcode constructTriplets} gives.
 * @param size How many triplets a pack has; the last one may have fewer.
 * @throws {RangeError} If the size is not a whole number of 1 or more, or the
 * triplets are not as many anchors as positives and negatives.
 *
 * @example A pack, embedded and summed
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { tripletLoss } from "../losses/loss.ts";
 *
 * await tf.setBackend("cpu");
 * const dataset = tf.tensor2d([[0], [2], [3], [9]]); // and no network
 * const triplets = {
 *   anchors: Int32Array.of(0, 1),
 *   positives: Int32Array.of(1, 0),
 *   negatives: Int32Array.of(3, 3),
 * };
 * for (const pack of packTriplets(triplets, 50)) {
 *   assert.deepEqual([...pack.images], [0, 1, 3]);
 *   const embeddings = tf.gather(dataset, [...pack.images]);
 *   const loss = tripletLoss(embeddings, pack.triplets, 50);
 *   assert.equal(loss.arraySync(), (0 + 4 - 49 + 50) / 2);
 * }
 * ```
 */
export function packTriplets(
  triplets: Triplets,
  size: number,
): Generator<TripletPack> {
  const action = "pack triplets";
  checkTriplets(action, triplets);
  checkWhole(action, "size", size, 1, Infinity);
  return packsOf(triplets, size);
}

function* packsOf(
  { anchors, positives, negatives }: Triplets,
  size: number,
): Generator<TripletPack> {
  for (let start = 0; start < anchors.length; start += size) {
    const places = new Map<number, number>();
    const packed = (indices: Int32Array) =>
      indices.subarray(start, start + size).map((image) => {
        const place = places.get(image) ?? places.size;
        places.set(image, place);
        return place;
      });
    const pack = {
      anchors: packed(anchors),
      positives: packed(positives),
      negatives: packed(negatives),
    };
    yield { images: Int32Array.from(places.keys()), triplets: pack };
  }
}
