import { averageLinkage } from "../../evaluation/clustering/average_linkage.ts";
import {
  cutDendrogram,
  type Dendrogram,
} from "../../evaluation/clustering/dendrogram.ts";
import {
  adjustedMutualInformation,
  normalizedMutualInformation,
} from "../../evaluation/clustering/mutual_information.ts";
import { purity } from "../../evaluation/clustering/purity.ts";
import { adjustedRandIndex } from "../../evaluation/clustering/rand_index.ts";
import type { LabelledEmbeddings } from "../../evaluation/embeddings/labelled.ts";
import { squaredDistances } from "../../triplets/distances/distances.ts";
import type { ClusteringJson } from "../report/json.ts";

/** More clusters than this are not tried: there are ten digits. */
const MOST_CLUSTERS = 60;

/** Joins embeddings bottom up, as the paper's section 5.8 does. */
export function linkage({ embeddings }: LabelledEmbeddings): Dendrogram {
  const distances = squaredDistances(embeddings);
  try {
    return averageLinkage(distances);
  } finally {
    distances.dispose();
  }
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
      score: adjustedMutualInformation(
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
    adjustedMutualInformation: adjustedMutualInformation(clusters, labels),
    normalizedMutualInformation: normalizedMutualInformation(clusters, labels),
    adjustedRandIndex: adjustedRandIndex(clusters, labels),
    purity: purity(clusters, labels),
  };
}
