/** How many items of some lists are accepted at each threshold. */
export interface AcceptedCounts {
  /** Ascending, from −Infinity, which accepts nothing, to the largest value. */
  thresholds: Float32Array;
  /** For each list, how many of its values are ≤ each threshold. */
  counts: Float64Array[];
}

/**
 * Counts for every value that occurs how many of each list are up to it. Equal
 * values, in whichever list, share a threshold: they are accepted together.
 *
 * @param lists Values without NaN, in any order.
 */
export function countAccepted(lists: readonly Float32Array[]): AcceptedCounts {
  const sorted = lists.map((list) => new Float32Array(list).sort());
  const most = sorted.reduce((sum, { length }) => sum + length, 1);
  const thresholds = new Float32Array(most);
  const counts = lists.map(() => new Float64Array(most));
  const places = new Int32Array(lists.length);
  thresholds[0] = -Infinity;
  let steps = 1;
  while (true) {
    let threshold = Infinity;
    for (let i = 0; i < sorted.length; i++) {
      threshold = Math.min(threshold, sorted[i]![places[i]!] ?? Infinity);
    }
    if (threshold === Infinity) break;
    for (let i = 0; i < sorted.length; i++) {
      while (sorted[i]![places[i]!] === threshold) places[i]!++;
      counts[i]![steps] = places[i]!;
    }
    thresholds[steps++] = threshold;
  }
  return {
    thresholds: thresholds.slice(0, steps),
    counts: counts.map((list) => list.slice(0, steps)),
  };
}
