import { refuse } from "../../numeric/refuse.ts";
import { MOST_INDICES, sortIndices } from "../../numeric/sort_indices.ts";

/** How many of a float32's lower bits the rough sorting leaves out. */
const ROUGH = 17;

/**
 * Makes a function that finds the nearest of `count` items: the indices of the
 * `k` smallest distances in ascending order, of equal ones the lower index
 * first.
 *
 * It takes time O(count + k log k) and not O(count log count): the items are
 * counted by their distances' leading bits, and only those up to the step in
 * which the k-th lies are sorted. A float32 that is not negative is ordered as
 * its bits are.
 *
 * @param action What is being done, the opening of an error's message.
 * @param count How many distances each call gets, at most 2²¹.
 * @returns The function. Distances must be 0 or more, or Infinity.
 * @throws {RangeError} If there are more items than can be sorted.
 */
export function nearestFinder(
  action: string,
  count: number,
): (distances: Float32Array, k: number) => Int32Array {
  if (count > MOST_INDICES) {
    refuse(action, `a gallery of at most ${MOST_INDICES}`, `${count}`);
  }
  const steps = new Uint32Array(2 ** (31 - ROUGH));
  const candidates = new Int32Array(count);
  return (distances, k) => {
    const bits = new Int32Array(distances.buffer, distances.byteOffset, count);
    steps.fill(0);
    for (let i = 0; i < count; i++) steps[bits[i]! >>> ROUGH]!++;
    let last = 0;
    for (let held = steps[0]!; held < k; held += steps[last]!) last++;
    const beyond = (last + 1) * 2 ** ROUGH;
    let held = 0;
    for (let i = 0; i < count; i++) {
      if (bits[i]! < beyond) candidates[held++] = i;
    }
    return sortIndices(distances, candidates.subarray(0, held)).subarray(0, k);
  };
}
