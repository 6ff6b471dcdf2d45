import type * as tf from "@tensorflow/tfjs";
import { optionsOf } from "../../numeric/options.ts";
import { checkLabels, type EmbeddingRows, readEmbeddings } from "./checks.ts";

/** Embeddings and the class of each. */
export interface LabelledEmbeddings {
  /** `[n, size]`; stays the caller's. */
  embeddings: tf.Tensor2D;
  /** `[n]`, whole numbers. */
  labels: ArrayLike<number>;
}

/** The same as plain numbers. */
export interface LabelledRows extends EmbeddingRows {
  /** `[count]` */
  labels: Int32Array;
}

/**
 * Reads labelled embeddings and refuses those that do not fit together.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If the embeddings are not of rank 2, there are none, one is not finite, or the labels are
 * not one whole number for each.
 */
export function readLabelled(
  action: string,
  images: LabelledEmbeddings,
): LabelledRows {
  const { embeddings, labels } = optionsOf(action, images);
  const rows = readEmbeddings(action, embeddings);
  checkLabels(action, labels, rows.count);
  return { ...rows, labels: Int32Array.from(labels) };
}
