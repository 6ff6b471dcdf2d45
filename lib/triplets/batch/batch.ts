import type * as tf from "@tensorflow/tfjs";
import { checkLabels } from "../../digits/labels.ts";
import { checkValue } from "../../numeric/domain.ts";
import { type EmbeddingsOrTensor, plainOf } from "../../numeric/embeddings.ts";
import { allFinite } from "../../numeric/finite.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkShape } from "../../numeric/shape.ts";
import { readValues } from "../../numeric/tensor_values.ts";
import type { Metric } from "../distances/metric.ts";
import { pairwise } from "../distances/pairwise.ts";

/** Distances and labels of one batch on the JavaScript side, checked. */
export interface Batch {
  /** How many images the batch has. */
  count: number;
  /** The distance of a and b at `(a - first) * count + b`, all finite. */
  distances: Float32Array;
  /** The class of each image. */
  labels: Int32Array;
  /** The first image whose distances are there; default 0. */
  first?: number;
}

/**
 * What a batch's distances may come as: a `[n, n]` tensor, which is read back
 * (on WebGPU pass `await distances.data()`), its values in rows, or the
 * embeddings `[n, size]` that they are to be computed of, plain or a tensor. Tensors stay the
 * caller's.
 */
export type BatchDistances =
  | tf.Tensor2D
  | Float32Array
  | { embeddings: EmbeddingsOrTensor };

/**
 * Reads and checks a batch's distances and labels.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If distances are not `[n, n]` or not finite, or labels
 * are not n whole numbers.
 */
export function readBatch(
  action: string,
  source: BatchDistances,
  labels: ArrayLike<number>,
  metric?: Metric,
): Batch {
  const classes = readLabels(action, labels);
  const count = classes.length;
  const distances = readDistances(action, source, count, metric);
  checkFinite(action, { count, distances });
  return { count, distances, labels: classes };
}

/** Whether distances come as the embeddings that they are to be computed of. */
export function areEmbeddings(
  source: BatchDistances,
): source is { embeddings: EmbeddingsOrTensor } {
  return typeof source === "object" && source !== null &&
    "embeddings" in source;
}

function readDistances(
  action: string,
  source: BatchDistances,
  count: number,
  metric: Metric = "squared",
): Float32Array {
  if (source instanceof Float32Array) {
    const expected = `${count} × ${count} distances for ${count} labels`;
    if (source.length === count * count) return source;
    refuse(action, expected, `${source.length}`);
  }
  if (areEmbeddings(source)) {
    const points = plainOf(action, source.embeddings);
    const expected = `${count} embeddings for ${count} labels`;
    if (points.count === count) return pairwise(metric, points).distances;
    refuse(action, expected, `${points.count}`);
  }
  checkShape(action, "distances", source, [count, count]);
  return readValues(action, source) as Float32Array;
}

/**
 * Refuses distances that are not numbers.
 *
 * @throws {RangeError} If one is NaN or infinite.
 */
function checkFinite(
  action: string,
  { count, distances, first = 0 }: Omit<Batch, "labels">,
): void {
  if (allFinite(distances)) return;
  const odd = distances.findIndex((value) => !Number.isFinite(value));
  const [row, column] = [first + Math.floor(odd / count), odd % count];
  refuse(
    action,
    "finite distances",
    `${distances[odd]} between ${row} and ${column}`,
  );
}

/**
 * Copies labels.
 *
 * @param count How many there must be; any number by default.
 * @throws {RangeError} If one is not a whole 32-bit number, or there are not as
 * many.
 */
export function readLabels(
  action: string,
  labels: ArrayLike<number>,
  count?: number,
): Int32Array {
  checkLabels(action, labels, count);
  return Int32Array.from(labels);
}

/**
 * Checks a margin.
 *
 * @throws {RangeError} If it is not a finite number of 0 or more.
 */
export function checkMargin(action: string, margin: unknown): void {
  checkValue(action, "margin", margin, { type: "number", min: 0 });
}
