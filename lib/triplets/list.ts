import type { Triplets } from "./triplets.ts";

/** Triplets that are still being collected. */
export interface TripletList {
  add(anchor: number, positive: number, negative: number): void;
  /** The triplets added so far. */
  finish(): Triplets;
}

/** Makes an empty list with room for so many triplets and no more. */
export function createTripletList(capacity: number): TripletList {
  const anchors = new Int32Array(capacity);
  const positives = new Int32Array(capacity);
  const negatives = new Int32Array(capacity);
  let size = 0;
  return {
    add(anchor, positive, negative) {
      anchors[size] = anchor;
      positives[size] = positive;
      negatives[size++] = negative;
    },
    finish: () => ({
      anchors: anchors.subarray(0, size),
      positives: positives.subarray(0, size),
      negatives: negatives.subarray(0, size),
    }),
  };
}
