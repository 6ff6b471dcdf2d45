import type * as tf from "@tensorflow/tfjs";
import { checkWhole } from "./domain.ts";
import { allFinite } from "./finite.ts";
import { checkLength } from "./list.ts";
import { optionsOf } from "./options.ts";
import { refuse, shown } from "./refuse.ts";
import { checkShape } from "./shape.ts";
import { copyValues, readValues } from "./tensor_values.ts";

/** Points of one space as plain numbers: embeddings, centroids, projections. */
export interface Embeddings {
  /** `[count, size]`, row by row. */
  values: Float32Array;
  /** How many points there are, at least one. */
  count: number;
  /** How many numbers a point has, at least one. */
  size: number;
}

/** Embeddings as plain numbers, or as a tensor `[count, size]`. */
export type EmbeddingsOrTensor = Embeddings | tf.Tensor2D;

/**
 * Reads embeddings out of a tensor `[count, size]`, which stays the caller's, and
 * refuses those that no measure is defined for. Plain ones are checked and
 * returned as they are.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If it is neither, there is no row or column, a value is not
 * finite, or a GPU has to be waited for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const embeddings = readEmbeddings(tf.tensor2d([[0.5, 1], [2, 0.25]]));
 * assert.deepEqual(embeddings, {
 *   values: Float32Array.of(0.5, 1, 2, 0.25),
 *   count: 2,
 *   size: 2,
 * });
 * ```
 */
export function readEmbeddings(
  embeddings: EmbeddingsOrTensor,
  action = "read embeddings",
): Embeddings {
  const plain = plainOf(action, embeddings);
  const { values, size } = plain;
  if (allFinite(values)) return plain;
  const odd = values.findIndex((value) => !Number.isFinite(value));
  const row = Math.floor(odd / size);
  refuse(action, "finite embeddings", `${values[odd]} in row ${row}`);
}

/** Copies some rows, in the order of the indices. */
export function selectRows(
  { values, size }: Embeddings,
  rows: ArrayLike<number>,
): Embeddings {
  const selected = new Float32Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * size;
    selected.set(values.subarray(start, start + size), i * size);
  }
  return { values: selected, count: rows.length, size };
}

/**
 * Reads embeddings whose values are checked elsewhere.
 *
 * @throws {RangeError} If they are not `[n, size]` with n ≥ 1, or a GPU has to be
 * waited for.
 */
export function plainOf(
  action: string,
  embeddings: EmbeddingsOrTensor,
): Embeddings {
  checkEmbeddings(action, embeddings);
  return isPlain(embeddings) ? embeddings : readPoints(embeddings, action);
}

/**
 * Refuses what is not a batch of embeddings, plain or a tensor.
 *
 * @throws {RangeError} If they are not `[n, size]` with n ≥ 1.
 */
export function checkEmbeddings(
  action: string,
  embeddings: EmbeddingsOrTensor,
): void {
  if (isPlain(embeddings)) checkPoints(action, embeddings);
  else checkShape(action, "embeddings", embeddings, ["n", "size"]);
}

/** Whether embeddings are plain numbers, not a tensor. */
export function isPlain(
  embeddings: EmbeddingsOrTensor,
): embeddings is Embeddings {
  return typeof embeddings === "object" && embeddings !== null &&
    "count" in embeddings;
}

/**
 * Refuses what are no embeddings; NaN is as good as any number here.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If the values are no Float32Array of count × size.
 */
export function checkPoints(action: string, embeddings: Embeddings): void {
  const { values, count, size } = optionsOf(action, embeddings);
  if (!(values instanceof Float32Array)) {
    refuse(action, "embeddings' values to be a Float32Array", shown(values));
  }
  checkWhole(action, "the embeddings' count", count, 1, Infinity);
  checkWhole(action, "the embeddings' size", size, 1, Infinity);
  checkLength(action, "values of embeddings", values, count * size);
}

/**
 * Copies the numbers of a tensor `[count, size]`, which stays the caller's.
 *
 * @throws {RangeError} If a GPU has to be waited for.
 */
export function readPoints(
  tensor: tf.Tensor2D,
  action = "read embeddings",
): Embeddings {
  const [count, size] = tensor.shape;
  const read: ArrayLike<number> = readValues(action, tensor);
  // Whole numbers and booleans come as arrays of another kind. A copy, as the cpu
  // backend gives its own array.
  return { values: Float32Array.from(read), count, size };
}

/** The same on every backend: the numbers that the tensor has now. */
export async function awaitPoints(tensor: tf.Tensor2D): Promise<Embeddings> {
  const [count, size] = tensor.shape;
  return { values: await copyValues(tensor), count, size };
}
