import { averageLinkage } from "../../evaluation/clustering/average_linkage.ts";
import {
  cutDendrogram,
  type Dendrogram,
} from "../../evaluation/clustering/dendrogram.ts";
import { clusterMeasures } from "../../evaluation/clustering/cluster_measures.ts";
import { computeMeasures } from "../../evaluation/statistics/measure.ts";
import type { Embeddings } from "../../numeric/embeddings.ts";
import { distanceMatrix } from "../../triplets/distances/distance_blocks.ts";
import type { ClusteringJson } from "../report/json.ts";

/** More clusters than this are not tried: there are ten digits. */
const MOST_CLUSTERS = 60;

/** Joins embeddings bottom up, as the paper's section 5.8 does. */
export function linkage(embeddings: Embeddings): Dendrogram {
  return averageLinkage(distanceMatrix("cluster points", embeddings));
}

/** How good a cut is. */
export interface CutScore {
  threshold: number;
  clusters: number;
  /** Adjusted mutual information with the digits. */
  score: number;
}

/**
 * Scores the cuts into 1 to 60 clusters. Each threshold lies in the middle
 * between two merges, where it is least likely to be a matter of luck.
 *
 * @returns By descending threshold.
 */
export function scoreCuts(
  dendrogram: Dendrogram,
  labels: ArrayLike<number>,
): CutScore[] {
  const { count, heights } = dendrogram;
  const most = Math.min(MOST_CLUSTERS, count);
  return Array.from({ length: most }, (_, i) => {
    const clusters = i + 1;
    const below = heights[count - 1 - clusters] ?? 0;
    const above = heights[count - clusters] ?? heights[count - 2]!;
    return {
      threshold: (below + above) / 2,
      clusters,
      score: clusterMeasures.adjustedMutualInformation.compute(
        cutDendrogram(dendrogram, { clusters }),
        labels,
      ),
    };
  });
}

/** How well clusters and digits agree, by every measure. */
export function scoreClusters(
  clusters: ArrayLike<number>,
  labels: ArrayLike<number>,
): ClusteringJson {
  return {
    clusters: new Set(Array.from(clusters)).size,
    ...computeMeasures(clusterMeasures, clusters, labels),
  };
}
