import type { Batch } from "./batch.ts";

/** An anchor's distances to the other images of its class, ascending. */
export function sortedPositives(
  { count, distances, labels }: Batch,
  anchor: number,
): Float32Array {
  const found = new Float32Array(count);
  let size = 0;
  for (let other = 0; other < count; other++) {
    if (other !== anchor && labels[other] === labels[anchor]) {
      found[size++] = distances[anchor * count + other]!;
    }
  }
  return found.subarray(0, size).sort();
}

/** How many of the ascending values are below the limit. */
export function lowerBound(
  ascending: Float32Array | Float64Array,
  limit: number,
): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
