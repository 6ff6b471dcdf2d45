import { assert, assertEquals } from "../../assert.ts";

/** Holds values against others: the largest difference, relative to the largest value. */
export function assertNear(
  actual: Float32Array,
  expected: Float32Array,
  tolerance: number,
): void {
  assertEquals(actual.length, expected.length);
  let [difference, largest] = [0, 0];
  expected.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(value));
    // NaN differs from all numbers.
    const own = Math.abs(actual[i]! - value);
    difference = own <= difference ? difference : own;
  });
  const relative = difference / Math.max(largest, 1e-30);
  assert(
    difference === 0 || relative <= tolerance,
    `the largest difference is ${relative} of the largest value`,
  );
}
