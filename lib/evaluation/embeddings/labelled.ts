import { checkLabels } from "../../digits/labels.ts";
import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
  selectRows,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";

/** Embeddings and the class of each. */
export interface LabelledEmbeddings {
  /** Of n images; a tensor is `[n, size]` and stays the caller's. */
  embeddings: EmbeddingsOrTensor;
  /** `[n]`, whole numbers. */
  labels: ArrayLike<number>;
}

/** The same as plain numbers. */
export interface Labelled {
  embeddings: Embeddings;
  labels: Int32Array;
}

/**
 * Reads labelled embeddings and refuses those that do not fit together.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If there are no embeddings, one is not finite, or the labels
 * are not one whole number for each.
 */
export function readLabelled(
  action: string,
  images: LabelledEmbeddings,
): Labelled {
  const { embeddings, labels } = optionsOf(action, images);
  const plain = readEmbeddings(embeddings, action);
  checkLabels(action, labels, plain.count);
  return { embeddings: plain, labels: Int32Array.from(labels) };
}

/** Copies some of the labelled embeddings, in the order of the rows. */
export function selectLabelled(
  { embeddings, labels }: Labelled,
  rows: ArrayLike<number>,
): Labelled {
  return {
    embeddings: selectRows(embeddings, rows),
    labels: Int32Array.from(rows, (row) => labels[row]!),
  };
}
