import type { Random } from "../../numeric/random.ts";
import { lowerBound, upperBound } from "../../numeric/search.ts";
import { pick, sortIndices } from "../../numeric/sort_indices.ts";
import type { AnchorRow } from "../batch/rows.ts";

/** Images in ascending order of their distance. */
interface Ordered {
  images: Int32Array;
  distances: Float32Array;
}

/** A row's negatives by distance. */
export function orderNegatives({ distances, negatives }: AnchorRow): Ordered {
  const images = sortIndices(distances, negatives);
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

/**
 * Gives each other image of a row's class a negative of a band, drawn with equal
 * chances; an image without one is passed over.
 *
 * @param bandOf Which negatives may be drawn, by the other image's distance.
 */
export function drawNegatives(
  row: AnchorRow,
  bandOf: (distance: number) => Band,
  random: Random,
  take: (other: number, negative: number) => void,
): void {
  const ordered = orderNegatives(row);
  for (const other of row.positives) {
    const negative = drawFrom(ordered, bandOf(row.distances[other]!), random);
    if (negative >= 0) take(other, negative);
  }
}

/** Draws an image of a band; -1 if there is none. */
function drawFrom(
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
