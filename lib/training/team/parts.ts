/** A stretch of a batch: from the row `start` up to, not including, `end`. */
export interface Part {
  start: number;
  end: number;
}

/**
 * Divides a batch among threads, as evenly as it goes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(divideBatch(5, 2), [
 *   { start: 0, end: 2 },
 *   { start: 2, end: 5 },
 * ]);
 * ```
 */
export function divideBatch(count: number, threads: number): Part[] {
  const boundary = (thread: number) => Math.floor(thread * count / threads);
  return Array.from({ length: threads }, (_, thread) => ({
    start: boundary(thread),
    end: boundary(thread + 1),
  }));
}
