import type * as tf from "@tensorflow/tfjs";

// What rounding to float32 may leave between the two halves of a matrix, as a
// share of the largest distance.
const TOLERANCE = 1e-5;

/**
 * Reads a matrix of distances in double precision, exactly symmetric. The tensor
 * stays the caller's, and the values are the reader's to overwrite.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {TypeError} If the tensor is not of rank 2.
 * @throws {RangeError} If it is not square, of fewer than two points, not
 * finite, or not symmetric.
 */
export function readDistances(
  action: string,
  distances: tf.Tensor2D,
): { values: Float64Array; count: number } {
  const { shape } = distances;
  const count = shape[0];
  const got = `got [${shape.join(", ")}]`;
  if (shape.length !== 2) {
    throw new TypeError(
      `Cannot ${action}: expected distances of shape [n, n], ${got}`,
    );
  }
  if (shape[1] !== count || count < 2) {
    throw new RangeError(
      `Cannot ${action}: expected distances of shape [n, n] between two points or more, ${got}`,
    );
  }
  const values = Float64Array.from(distances.dataSync<"float32">());
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(
      `Cannot ${action}: expected finite distances, got ${
        values[bad]
      } between ${Math.floor(bad / count)} and ${bad % count}`,
    );
  }
  const largest = values.reduce((max, value) => Math.max(max, value));
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const one = values[j * count + i]!, other = values[i * count + j]!;
      if (Math.abs(one - other) > TOLERANCE * largest) {
        throw new RangeError(
          `Cannot ${action}: expected symmetric distances, got ${one} and ${other} between ${j} and ${i}`,
        );
      }
      values[i * count + j] = one;
    }
  }
  return { values, count };
}
