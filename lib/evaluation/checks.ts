import type * as tf from "@tensorflow/tfjs";

/** Embeddings as plain numbers, row-major `[count, size]`. */
export interface EmbeddingRows {
  values: Float32Array;
  count: number;
  size: number;
}

/**
 * Reads embeddings out of a tensor and refuses those that no measure is
 * defined for. The tensor stays the caller's.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {TypeError} If the tensor is not of rank 2.
 * @throws {RangeError} If it has no row or column, or a value is not finite.
 */
export function readEmbeddings(
  action: string,
  embeddings: tf.Tensor2D,
): EmbeddingRows {
  const [count, size] = embeddings.shape;
  if (embeddings.shape.length !== 2) {
    throw new TypeError(
      `Cannot ${action}: expected embeddings of shape [n, size], got [${
        embeddings.shape.join(", ")
      }]`,
    );
  }
  if (count === 0 || size === 0) {
    throw new RangeError(
      `Cannot ${action}: expected at least one embedding, got [${count}, ${size}]`,
    );
  }
  const values = embeddings.dataSync<"float32">();
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(
      `Cannot ${action}: expected finite embeddings, got ${
        values[bad]
      } in row ${Math.floor(bad / size)}`,
    );
  }
  return { values, count, size };
}

/**
 * Refuses labels that are not one whole number for each item.
 *
 * @param count How many items there are; left out, any number but none.
 * @throws {RangeError} If the number of labels or one of them is wrong.
 */
export function checkLabels(
  action: string,
  labels: ArrayLike<number>,
  count = labels.length,
): void {
  if (labels.length !== count) {
    throw new RangeError(
      `Cannot ${action}: expected ${count} labels, got ${labels.length}`,
    );
  }
  if (labels.length === 0) {
    throw new RangeError(`Cannot ${action}: expected labels, got none`);
  }
  for (let i = 0; i < labels.length; i++) {
    if (!Number.isInteger(labels[i])) {
      throw new RangeError(
        `Cannot ${action}: expected whole numbers as labels, got ${
          labels[i]
        } at ${i}`,
      );
    }
  }
}

/**
 * Refuses predictions that are not one whole number for each label.
 *
 * @throws {RangeError} If the two lists differ in length, or hold something else.
 */
export function checkPredictions(
  action: string,
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
): void {
  checkLabels(action, actual);
  if (predicted.length !== actual.length) {
    throw new RangeError(
      `Cannot ${action}: expected ${actual.length} predictions, one for each label, got ${predicted.length}`,
    );
  }
  checkLabels(action, predicted);
}
