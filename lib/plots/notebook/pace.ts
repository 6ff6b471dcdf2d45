/**
 * Makes a gate that opens the first time it is asked and then at most once in
 * every interval: four times a second is as much as an eye follows and
 * a notebook's page draws with ease.
 *
 * @param interval In milliseconds.
 * @param now The clock, in milliseconds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * let time = 0;
 * const due = pace(250, () => time);
 * assert.deepEqual([due(), due()], [true, false]);
 * time = 250;
 * assert.equal(due(), true);
 * ```
 */
export function pace(
  interval = 250,
  now: () => number = () => performance.now(),
): () => boolean {
  let next = -Infinity;
  return () => {
    const time = now();
    if (time < next) return false;
    next = time + interval;
    return true;
  };
}
