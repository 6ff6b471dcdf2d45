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
 * Refuses labels that are not one whole number of 32 bits for each item.
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
    if ((labels[i]! | 0) !== labels[i]) {
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

/**
 * Refuses labels that leave nothing to tell apart.
 *
 * @throws {RangeError} If all are of one class.
 */
export function checkSeveralClasses(
  action: string,
  labels: ArrayLike<number>,
): void {
  for (let i = 1; i < labels.length; i++) {
    if (labels[i] !== labels[0]) return;
  }
  throw new RangeError(
    `Cannot ${action}: expected at least two classes, got class ${
      labels[0]
    } alone`,
  );
}

/**
 * Refuses labels of classes that a classifier cannot predict.
 *
 * @param classes Those that it can, repeated or not.
 * @throws {RangeError} If one is not among the classes.
 */
export function checkAmongClasses(
  action: string,
  labels: ArrayLike<number>,
  classes: ArrayLike<number>,
): void {
  const known = new Set(Array.from(classes));
  const missing = Array.from(labels).find((label) => !known.has(label));
  if (missing !== undefined) {
    throw new RangeError(
      `Cannot ${action}: expected labels among the classes ${
        [...known].toSorted((a, b) => a - b).join(", ")
      }, got ${missing}`,
    );
  }
}

/**
 * Refuses a false accept rate that is none, or that there are too few
 * impostors to measure: less than one of them would be accepted.
 *
 * @param impostors How many there are.
 * @param name What they are, such as "negative pairs".
 * @throws {RangeError} If the rate is not in (0, 1], or there are too few.
 */
export function checkFalseAcceptRate(
  action: string,
  rate: number,
  impostors: number,
  name: string,
): void {
  if (!(rate > 0 && rate <= 1)) {
    throw new RangeError(
      `Cannot ${action}: expected a false accept rate in (0, 1], got ${rate}`,
    );
  }
  // A hair less than 1 / rate, which rounding may have put above 1,000.
  const needed = Math.ceil((1 - 1e-12) / rate);
  if (impostors < needed) {
    throw new RangeError(
      `Cannot ${action}: expected at least ${needed} ${name} for a false accept rate of ${rate}, got ${impostors}`,
    );
  }
}
