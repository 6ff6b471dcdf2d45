/**
 * Divides weights among threads: each is updated by one, its owner. The largest
 * goes first, to the thread that has the least so far.
 *
 * @param sizes How many numbers each weight has.
 * @returns The owner of each.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(chooseOwners([10, 1, 60, 50], 2), [1, 0, 0, 1]);
 * ```
 */
export function chooseOwners(
  sizes: readonly number[],
  threads: number,
): number[] {
  const owners = new Array<number>(sizes.length).fill(0);
  const held = new Array<number>(threads).fill(0);
  const largestFirst = [...sizes.keys()].sort((a, b) =>
    sizes[b]! - sizes[a]! || a - b
  );
  for (const i of largestFirst) {
    const owner = held.indexOf(Math.min(...held));
    owners[i] = owner;
    held[owner]! += sizes[i]!;
  }
  return owners;
}
