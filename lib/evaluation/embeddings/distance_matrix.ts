import type * as tf from "@tensorflow/tfjs";
import { refuse } from "../../numeric/refuse.ts";
import { checkRoom, checkShape } from "../../numeric/shape.ts";
import { readValues } from "../../numeric/tensor_values.ts";

/** `[n, n]` distances: a tensor, which stays the caller's, or their values in rows. */
export type DistanceMatrix = tf.Tensor2D | Float32Array;

// What rounding to float32 may leave between the two halves of a matrix, as a
// share of the largest distance.
const TOLERANCE = 1e-5;

/**
 * Reads a matrix of distances in double precision, exactly symmetric. The values
 * are the reader's to overwrite.
 *
 * The distance of a point from itself says nothing: whatever is on the diagonal,
 * 0 is read.
 *
 * @param action What is being done, the opening of an error's message.
 * @param least How many points there are at least.
 * @throws {RangeError} If they are not `[n, n]` of so many points, there is no
 * room for them, or one off the diagonal is negative, not finite, or another
 * than in the opposite direction.
 */
export function readDistanceMatrix(
  action: string,
  distances: DistanceMatrix,
  least: 1 | 2,
): { values: Float64Array; count: number } {
  const count = countOf(action, distances, least);
  checkRoom(action, "distances", [count, count], 8);
  const values = new Float64Array(
    distances instanceof Float32Array
      ? distances
      : readValues(action, distances),
  );
  for (let i = 0; i < count; i++) values[i * count + i] = 0;
  const largest = checkValues(action, values, count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const one = values[j * count + i]!, other = values[i * count + j]!;
      if (Math.abs(one - other) > TOLERANCE * largest) {
        refuse(
          action,
          "symmetric distances",
          `${one} and ${other} between ${j} and ${i}`,
        );
      }
      values[i * count + j] = one;
    }
  }
  return { values, count };
}

function countOf(
  action: string,
  distances: DistanceMatrix,
  least: 1 | 2,
): number {
  const points = least === 1 ? "one point" : "two points";
  const expected = `distances of shape [n, n] between ${points} or more`;
  if (distances instanceof Float32Array) {
    const count = Math.sqrt(distances.length);
    if (Number.isInteger(count) && count >= least) return count;
    refuse(action, expected, `${distances.length} values`);
  }
  checkShape(action, "distances", distances, ["n", "n"], 0);
  const [count, columns] = distances.shape;
  if (columns === count && count >= least) return count;
  refuse(action, expected, `[${count}, ${columns}]`);
}

/** Refuses what is no distance, and finds the largest one. */
function checkValues(
  action: string,
  values: Float64Array,
  count: number,
): number {
  let largest = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (!(value >= 0 && value < Infinity)) {
      const points = `${Math.floor(at / count)} and ${at % count}`;
      refuse(
        action,
        Number.isFinite(value) ? "distances of 0 or more" : "finite distances",
        `${value} between ${points}`,
      );
    }
    if (value > largest) largest = value;
  }
  return largest;
}
