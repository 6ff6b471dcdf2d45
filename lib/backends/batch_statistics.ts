/**
 * Statistics of a batch that is divided among threads. A kernel that needs sums
 * over the batch has those of its own part; here it gets those of all parts.
 *
 * @module
 */

/**
 * Gives this thread's values to the others. Every thread must give equally often,
 * and as many values.
 */
export type Gather = (values: Float64Array) => Gathered;

/** What all threads give at one time. */
export interface Gathered {
  /** Whether all have given theirs; until then, something else can be done. */
  isComplete(): boolean;
  /** Waits for that; the values of all threads, in an order that never changes. */
  take(): Float64Array[];
}

/** A batch in one piece has none. */
let gather: Gather | undefined;

/**
 * What gathers the statistics of the present batch, where it is divided among
 * threads.
 */
export function batchGather(): Gather | undefined {
  return gather;
}

/**
 * Does something with a batch that is divided: a `gather` asks all threads.
 *
 * @example Two threads, of which the other one always says 3
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const withOther = (values: Float64Array) => ({
 *   isComplete: () => true,
 *   take: () => [values, Float64Array.of(3)],
 * });
 * gatheringBy(withOther, () => {
 *   const gathered = batchGather()!(Float64Array.of(1)).take();
 *   assert.deepEqual(gathered.map(([value]) => value), [1, 3]);
 * });
 * assert.equal(batchGather(), undefined);
 * ```
 */
export function gatheringBy<T>(by: Gather | undefined, work: () => T): T {
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
  return gatheringBy(undefined, work);
}
