import { refuse } from "../../numeric/refuse.ts";

/** Above the largest index, so that a key holds 31 bits and an index. */
const INDICES = 2 ** 22;
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
 * its bits are, so bits and index together make a key without ties.
 *
 * @param action What is being done, the opening of an error's message.
 * @param count How many distances each call gets, at most 2²².
 * @returns The function. Distances must be 0 or more, or Infinity; the indices
 * that it returns are overwritten by the next call.
 * @throws {RangeError} If there are more items than a key can number.
 */
export function nearestFinder(
  action: string,
  count: number,
): (distances: Float32Array, k: number) => Int32Array {
  if (count > INDICES) {
    refuse(action, `a gallery of at most ${INDICES}`, `${count}`);
  }
  const steps = new Uint32Array(2 ** (31 - ROUGH));
  const keys = new Float64Array(count);
  const indices = new Int32Array(count);
  return (distances, k) => {
    const bits = new Int32Array(distances.buffer, distances.byteOffset, count);
    steps.fill(0);
    for (let i = 0; i < count; i++) steps[bits[i]! >>> ROUGH]!++;
    let last = 0;
    for (let held = steps[0]!; held < k; held += steps[last]!) last++;
    const beyond = (last + 1) * 2 ** ROUGH;
    let held = 0;
    for (let i = 0; i < count; i++) {
      if (bits[i]! < beyond) keys[held++] = bits[i]! * INDICES + i;
    }
    keys.subarray(0, held).sort();
    for (let i = 0; i < k; i++) {
      indices[i] = keys[i]! - Math.floor(keys[i]! / INDICES) * INDICES;
    }
    return indices.subarray(0, k);
  };
}
