import {
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { refuse } from "../../numeric/refuse.ts";

/** The text of the two files that TensorBoard's projector loads. */
export interface ProjectorFiles {
  /** vectors.tsv: a row for each embedding, without a header. */
  vectors: string;
  /** metadata.tsv: a row for each embedding, below a header where it has more
   * than one column. */
  metadata: string;
}

/**
 * Writes embeddings for TensorBoard's projector, also at
 * https://projector.tensorflow.org ("Load"). Nine digits keep a float32 exactly.
 *
 * The format knows no quotes, and the projector skips lines that are blank
 * (vz_projector/data-provider.ts of tensorflow/tensorboard). So names and values
 * with tabs or line breaks are refused, and blank ones too. The name of a single
 * column does not appear: the projector takes it for "label".
 *
 * @param embeddings Of a size of 2 at least, which the projector asks for; a
 * tensor `[n, size]` stays the caller's.
 * @param columns What is known of each embedding, `[n]` each, by the column's
 * name.
 * @throws {RangeError} If there are none, one is not finite, their size is 1,
 * there are no columns or one of another length, or a name or value is refused.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[0.5, -1], [0.1, 2]]);
 * const { vectors, metadata } = projectorFiles(embeddings, {
 *   digit: [7, 2],
 *   split: ["train", "test"],
 * });
 * assert.equal(vectors, "0.5\t-1\n0.100000001\t2\n");
 * assert.equal(metadata, "digit\tsplit\n7\ttrain\n2\ttest\n");
 * ```
 */
export function projectorFiles(
  embeddings: EmbeddingsOrTensor,
  columns: Record<string, ArrayLike<number | string>>,
): ProjectorFiles {
  const action = "write projector files";
  const { values, count, size } = readEmbeddings(embeddings, action);
  if (size < 2) refuse(action, "embeddings of size 2 or more", `${size}`);
  const names = Object.keys(columns);
  if (names.length === 0) refuse(action, "columns", "none");
  for (const name of names) {
    const { length } = columns[name]!;
    if (length !== count) {
      refuse(action, `${count} values of ${name}`, `${length}`);
    }
  }
  const rows = Array.from(
    { length: count },
    (_, i) => names.map((name) => cell(action, columns[name]![i]!)),
  );
  if (names.length > 1) rows.unshift(names.map((name) => cell(action, name)));
  const vectors = Array.from(
    { length: count },
    (_, i) => Array.from(values.subarray(i * size, (i + 1) * size), digits),
  );
  return { vectors: tsv(vectors), metadata: tsv(rows) };
}

function tsv(rows: string[][]): string {
  return rows.map((row) => `${row.join("\t")}\n`).join("");
}

function digits(value: number): string {
  return String(Number(value.toPrecision(9)));
}

function cell(action: string, value: number | string): string {
  const text = String(value);
  if (/[\t\n\r]/.test(text) || text.trim() === "") {
    refuse(
      action,
      "names and values that are not blank, without tabs and line breaks",
      JSON.stringify(value),
    );
  }
  return text;
}
