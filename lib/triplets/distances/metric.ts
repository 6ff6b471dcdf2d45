import type * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { cosineDistances } from "./cosine_distances.ts";
import { squaredDistances } from "./distances.ts";

const metrics = {
  squared: squaredDistances,
  cosine: cosineDistances,
} satisfies Record<string, (embeddings: tf.Tensor2D) => tf.Tensor2D>;

/** How far embeddings are apart: {@linkcode squaredDistances} or {@linkcode cosineDistances}. */
export type Metric = keyof typeof metrics;

/** Computes the distances of all pairs of embeddings by a metric. */
export function distancesBy(
  metric: Metric = "squared",
  embeddings: tf.Tensor2D,
): tf.Tensor2D {
  return metrics[metric](embeddings);
}

/**
 * Checks a metric.
 *
 * @throws {RangeError} If there is none of this name.
 */
export function checkMetric(action: string, metric: unknown = "squared"): void {
  const of = Object.keys(metrics);
  checkValue(action, "metric", metric, { type: "choice", of });
}
