/**
 * Statistics of a batch that is divided among threads. A kernel that needs sums
 * over the batch has those of its own part; here it gets those of all parts.
 *
 * @module
 */

/**
 * Gives the values of all threads, in an order that never changes. Every thread
 * must ask equally often, with as many values.
 */
export type Gather = (values: Float64Array) => Float64Array[];

/** What a batch in one piece does. */
const alone: Gather = (values) => [values];
let gather = alone;

/**
 * The values that each thread of the batch has given, this one's among them: one
 * array if the batch is in one piece.
 */
export function gatherStatistics(values: Float64Array): Float64Array[] {
  return gather(values);
}

/**
 * Does something with a batch that is divided: a `gather` asks all threads.
 *
 * @example Two threads, of which the other one always says 3
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const own = Float64Array.of(1);
 * const withOther = (values: Float64Array) => [values, Float64Array.of(3)];
 * const gathered = gatheringBy(withOther, () => gatherStatistics(own));
 * assert.deepEqual(gathered.map(([value]) => value), [1, 3]);
 * assert.deepEqual(gatherStatistics(own), [own]);
 * ```
 */
export function gatheringBy<T>(by: Gather, work: () => T): T {
  const before = gather;
  gather = by;
  try {
    return work();
  } finally {
    gather = before;
  }
}

/** Does something with a batch in one piece, whatever surrounds it. */
export function gatheringAlone<T>(work: () => T): T {
  return gatheringBy(alone, work);
}
