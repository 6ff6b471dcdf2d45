import type { AnchorRow } from "../batch/rows.ts";

/** The nearest of some images; of equally near ones the first. */
export function nearest(distances: Float32Array, images: Int32Array): number {
  let best = images[0]!;
  for (let i = 1; i < images.length; i++) {
    if (distances[images[i]!]! < distances[best]!) best = images[i]!;
  }
  return best;
}

/** The farthest of some images; of equally far ones the first. */
export function farthest(distances: Float32Array, images: Int32Array): number {
  let best = images[0]!;
  for (let i = 1; i < images.length; i++) {
    if (distances[images[i]!]! > distances[best]!) best = images[i]!;
  }
  return best;
}

/** The nearest negative that is farther than a limit, or -1 if none is. */
export function nearestBeyond(
  { distances, negatives }: AnchorRow,
  limit: number,
): number {
  let best = -1;
  for (const image of negatives) {
    const distance = distances[image]!;
    if (distance > limit && !(best >= 0 && distance >= distances[best]!)) {
      best = image;
    }
  }
  return best;
}
