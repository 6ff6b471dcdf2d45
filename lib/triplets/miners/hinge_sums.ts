import { ranksAmong } from "../batch/ranks.ts";
import { pick, sortIndices } from "../../numeric/sort_indices.ts";
import type { AnchorRow } from "../batch/rows.ts";
import { ACTIVE, COUNT, SUM } from "./miner.ts";

/**
 * Adds up the hinges of all triplets of an anchor, or of those in the band
 * d(a,p) < d(a,n) ≤ d(a,p) + margin, in O(n log n) for one row.
 *
 * The number of triplets is cubic, but a hinge is linear where it is active.
 * So it is enough to know, for each distance, in how many active triplets it
 * takes part. With the positives sorted, those that are active with one
 * negative are neighbours: they begin with the first whose reach, the distance
 * plus the margin, passes the negative, and in the band they end with the last
 * that is nearer than the negative.
 *
 * @param slopes `[n]`, zeros: gets the derivative in the row's distances.
 * @param sums Gets the sum, and how many triplets there are and are active.
 */
export function sumHinges(
  { distances, positives, negatives }: AnchorRow,
  margin: number,
  slopes: Float32Array,
  sums: Float64Array,
  banded: boolean,
): void {
  const sorted = sortIndices(distances, positives);
  const near = new Float64Array(pick(distances, sorted));
  const reach = near.map((distance) => distance + margin);
  const rank = (ascending: Float64Array, orEqual: boolean) =>
    ranksAmong(ascending, distances, negatives, orEqual);
  const begins = rank(reach, true);
  const nearer = banded ? rank(near, false) : undefined;
  const beaten = banded ? rank(reach, false) : undefined;
  // By how much the number of active negatives changes from the positive before.
  const changes = new Int32Array(sorted.length + 1);
  for (let i = 0; i < negatives.length; i++) {
    const end = nearer ? nearer[i]! : sorted.length;
    sums[COUNT]! += Math.max(0, end - (beaten ? beaten[i]! : 0));
    const active = end - begins[i]!;
    if (active <= 0) continue;
    changes[begins[i]!]!++;
    changes[end]!--;
    slopes[negatives[i]!] = -active;
    sums[ACTIVE]! += active;
    sums[SUM]! -= active * distances[negatives[i]!]!;
  }
  let active = 0;
  sorted.forEach((image, place) => {
    active += changes[place]!;
    slopes[image] = active;
    sums[SUM]! += active * reach[place]!;
  });
}
