import type { Random } from "../../numeric/random.ts";
import { lowerBound, upperBound } from "../batch/ranks.ts";
import { pick, type Row, sortedImages } from "../batch/rows.ts";

/** Images in ascending order of their distance. */
export interface Ordered {
  images: Int32Array;
  distances: Float32Array;
}

/** A row's negatives by distance. */
export function orderNegatives({ distances, negatives }: Row): Ordered {
  const images = sortedImages(distances, negatives);
  return { images, distances: pick(distances, images) };
}

/** Which distances, d, may be drawn. */
export interface Band {
  /** d > above. */
  above: number;
  /** d < below, */
  below?: number;
  /** and d ≤ upTo. */
  upTo?: number;
}

/** Draws an image of a band, all with equal chances; -1 if there is none. */
export function drawFrom(
  { images, distances }: Ordered,
  { above, below = Infinity, upTo = Infinity }: Band,
  random: Random,
): number {
  const first = upperBound(distances, above);
  const end = Math.min(
    lowerBound(distances, below),
    upperBound(distances, upTo),
  );
  return end > first ? images[first + random.integer(end - first)]! : -1;
}
