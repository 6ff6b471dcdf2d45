import { checkValue } from "../../numeric/domain.ts";
import type { Embeddings } from "../../numeric/embeddings.ts";
import { directionsOf } from "./directions.ts";
import { type DistanceBlock, distanceBlocks } from "./distance_blocks.ts";

/** How far embeddings are apart: {@linkcode squaredDistances} or {@linkcode cosineDistances}. */
export type Metric = "squared" | "cosine";

/**
 * Checks a metric.
 *
 * @throws {RangeError} If there is none of this name.
 */
export function checkMetric(action: string, metric: unknown = "squared"): void {
  const of: readonly Metric[] = ["squared", "cosine"];
  checkValue(action, "metric", metric, { type: "choice", of });
}

/** The distances of all pairs of very many embeddings, a few rows at a time. */
export function* distanceBlocksBy(
  metric: Metric = "squared",
  action: string,
  embeddings: Embeddings,
): Generator<DistanceBlock> {
  const points = metric === "cosine" ? directionsOf(embeddings) : embeddings;
  for (const block of distanceBlocks(action, points, points)) {
    const { first, distances } = block;
    // As cosineDistances() has it; rounding may put opposite ones above 2.
    yield metric === "cosine"
      ? { first, distances: distances.map((d) => Math.min(2, d / 2)) }
      : block;
  }
}
