import type { Random } from "../../numeric/random.ts";
import type { Triplets } from "./triplets.ts";

/** Takes one chosen triplet. */
export type Take = (
  anchor: number,
  positive: number,
  negative: number,
) => void;

/** Triplets that are still being collected. */
export interface TripletList {
  take: Take;
  /** The triplets taken so far. */
  finish(): Triplets;
}

/**
 * Makes an empty list with room for so many triplets and no more. They come out
 * by ascending anchor, those of one in the order taken.
 */
export function createTripletList(capacity: number): TripletList {
  const { put, first } = createColumns(capacity);
  let size = 0;
  return {
    take: (...triplet) => put(size++, ...triplet),
    finish: () => byAnchor(first(size)),
  };
}

/**
 * Makes an empty list that keeps at most so many of the triplets taken, each
 * with the same chance (Vitter 1985, algorithm R). They come out in no
 * particular order.
 */
export function createTripletSample(
  capacity: number,
  random: Random,
): TripletList {
  const { put, first } = createColumns(capacity);
  let taken = 0;
  return {
    take(...triplet) {
      const place = taken < capacity ? taken : random.integer(taken + 1);
      if (place < capacity) put(place, ...triplet);
      taken++;
    },
    finish: () => first(Math.min(taken, capacity)),
  };
}

function createColumns(capacity: number) {
  const anchors = new Int32Array(capacity);
  const positives = new Int32Array(capacity);
  const negatives = new Int32Array(capacity);
  return {
    put(
      place: number,
      anchor: number,
      positive: number,
      negative: number,
    ): void {
      anchors[place] = anchor;
      positives[place] = positive;
      negatives[place] = negative;
    },
    first: (size: number): Triplets => ({
      anchors: anchors.subarray(0, size),
      positives: positives.subarray(0, size),
      negatives: negatives.subarray(0, size),
    }),
  };
}

/** Some miners go through the positives' rows and not the anchors'. */
function byAnchor(triplets: Triplets): Triplets {
  const { anchors } = triplets;
  const ascends = anchors.every((anchor, i) =>
    i === 0 || anchors[i - 1]! <= anchor
  );
  if (ascends) return triplets;
  const order = Int32Array.from(anchors.keys());
  return selectTriplets(
    triplets,
    order.sort((i, j) => anchors[i]! - anchors[j]!),
  );
}

/** The triplets at the given places, in this order. */
export function selectTriplets(
  { anchors, positives, negatives }: Triplets,
  order: Int32Array,
): Triplets {
  return {
    anchors: order.map((i) => anchors[i]!),
    positives: order.map((i) => positives[i]!),
    negatives: order.map((i) => negatives[i]!),
  };
}
