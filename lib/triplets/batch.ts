import type * as tf from "@tensorflow/tfjs";

/** Distances and labels of one batch on the JavaScript side, checked. */
export interface Batch {
  /** How many images the batch has. */
  count: number;
  /** The distance of a and b at `a * count + b`, all finite. */
  distances: Float32Array;
  /** The class of each image. */
  labels: Int32Array;
}

/**
 * Reads and checks a batch's distances and labels.
 *
 * @param task What is being done, for the message of an error.
 * @param distances `[n, n]` as a tensor, which is read back, or its values.
 * @throws {RangeError} If distances are not `[n, n]` or not finite, or labels
 * are not n whole numbers.
 */
export function readBatch(
  task: string,
  distances: tf.Tensor2D | Float32Array,
  labels: ArrayLike<number>,
): Batch {
  const count = labels.length;
  if (distances instanceof Float32Array) {
    if (distances.length !== count * count) {
      throw new RangeError(
        `Cannot ${task}: expected ${count} × ${count} distances for ${count} labels, got ${distances.length}`,
      );
    }
  } else if (
    distances.shape.length !== 2 ||
    distances.shape.some((size) => size !== count)
  ) {
    throw new RangeError(
      `Cannot ${task}: expected distances [${count}, ${count}] for ${count} labels, got [${distances.shape}]`,
    );
  }
  const values = distances instanceof Float32Array
    ? distances
    : distances.dataSync<"float32">();
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    throw new RangeError(
      `Cannot ${task}: expected finite distances, got ${values[odd]} between ${
        Math.floor(odd / count)
      } and ${odd % count}`,
    );
  }
  return { count, distances: values, labels: readLabels(task, labels) };
}

/**
 * Copies labels.
 *
 * @throws {RangeError} If one is not a whole 32-bit number.
 */
export function readLabels(
  task: string,
  labels: ArrayLike<number>,
): Int32Array {
  const copy = Int32Array.from(labels);
  for (let i = 0; i < copy.length; i++) {
    if (copy[i] !== labels[i]) {
      throw new RangeError(
        `Cannot ${task}: expected whole numbers as labels, got ${
          labels[i]
        } at ${i}`,
      );
    }
  }
  return copy;
}

/**
 * Checks a margin.
 *
 * @throws {RangeError} If it is not a finite number of 0 or more.
 */
export function checkMargin(task: string, margin: number): void {
  if (!(margin >= 0 && margin < Infinity)) {
    throw new RangeError(
      `Cannot ${task}: expected a margin of 0 or more, got ${margin}`,
    );
  }
}
