import type * as tf from "@tensorflow/tfjs";
import type { Embeddings } from "../../numeric/embeddings.ts";
import { readValues, type TensorValues } from "../../numeric/tensor_values.ts";
import { round } from "../figures/numbers.ts";
import type { TextTable } from "./table.ts";

const action = "show a tensor";
const MOST_ROWS = 8;
const MOST_COLUMNS = 8;

/**
 * Makes a table of a tensor's first values, with its type, shape and range
 * above. Of a tensor of rank 3 or more, it holds the first matrix.
 */
export function tensorTable(tensor: tf.Tensor): TextTable {
  const values = readValues(action, tensor);
  return numberTable(tensorCaption(tensor), tensor.shape, values);
}

/** The same of embeddings that are plain numbers, a row for each. */
export function embeddingsTable(
  { values, count, size }: Embeddings,
): TextTable {
  const shape = [count, size];
  return numberTable(captionOf("embeddings", shape, values), shape, values);
}

function numberTable(
  caption: string,
  shape: readonly number[],
  values: ArrayLike<number | string>,
): TextTable {
  const [rows = 1, columns = 1] = shape.length < 2
    ? [1, values.length]
    : shape.slice(-2);
  const format = formatter(values);
  const shownColumns = Math.min(columns, MOST_COLUMNS);
  const lines = Array.from(
    { length: values.length === 0 ? 0 : Math.min(rows, MOST_ROWS) },
    (_, row) => [
      ...Array.from(
        { length: shownColumns },
        (_, column) => format(values[row * columns + column]!),
      ),
      ...(columns > shownColumns ? ["…"] : []),
    ],
  );
  const width = lines[0]?.length ?? 0;
  if (rows > lines.length && width > 0) {
    lines.push(new Array<string>(width).fill("…"));
  }
  return {
    caption,
    head: [],
    rows: lines,
    numeric: new Array<boolean>(width).fill(true),
  };
}

/** Such as "tensor float32 [120, 28], −0.5 … 0.7". */
export function tensorCaption(tensor: tf.Tensor): string {
  const what = `tensor ${tensor.dtype}`;
  const values = ["float32", "int32"].includes(tensor.dtype)
    ? readValues(action, tensor)
    : new Float32Array();
  return captionOf(what, tensor.shape, values);
}

/** With the range of the values, if there are any. */
function captionOf(
  what: string,
  shape: readonly number[],
  values: TensorValues,
): string {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    // Unlike Math.min and Math.max, comparisons pass NaN by.
    if (values[i]! < low) low = values[i]!;
    if (values[i]! > high) high = values[i]!;
  }
  const bad = values.filter((value) => !Number.isFinite(value)).length;
  return [
    `${what} [${shape.join(", ")}]`,
    ...(low <= high ? [`${round(low)} … ${round(high)}`] : []),
    ...(bad > 0 ? [`${bad} not finite`] : []),
  ].join(", ");
}

/** One notation for all numbers, so that they can be compared. */
function formatter(
  values: ArrayLike<number | string>,
): (value: number | string) => string {
  let most = 0;
  let whole = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (typeof value === "string" || !Number.isFinite(value)) continue;
    most = Math.max(most, Math.abs(value));
    whole &&= Number.isInteger(value);
  }
  return (value) => {
    if (typeof value === "string" || whole || !Number.isFinite(value)) {
      return String(value);
    }
    return most >= 0.01 && most < 1e5
      ? value.toFixed(4)
      : value.toExponential(3);
  };
}
