import {
  classMeasures,
  recognitionMeasures,
} from "./classification/class_measures.ts";
import { clusterMeasures } from "./clustering/cluster_measures.ts";
import { openSetMeasures } from "./open_set/open_set_measures.ts";
import type { Pca } from "./projections/pca.ts";
import type { TSne } from "./projections/t_sne.ts";
import {
  retrievalMeasures,
  topKMeasures,
} from "./retrieval/retrieval_measures.ts";
import { type Measure, shareFacts } from "./statistics/measure.ts";
import {
  rocMeasures,
  thresholdMeasures,
} from "./verification/verification_measures.ts";

/** How much a projection keeps. */
export const projectionMeasures: Record<
  "explainedVariance" | "divergence",
  Measure<[made: { pca: Pca; tSne: TSne }]>
> = {
  explainedVariance: {
    name: "PCA: explained variance",
    about: "The share of the whole variance that the axes show",
    ...shareFacts,
    source: "Pearson 1901",
    compute: ({ pca }) =>
      pca.explainedVarianceRatio.reduce((sum, ratio) => sum + ratio, 0),
  },
  divergence: {
    name: "t-SNE: divergence",
    about: "How badly the picture shows the neighbours, KL(P‖Q)",
    unit: "nats",
    range: [0, Infinity],
    better: "lower",
    source: "van der Maaten & Hinton 2008",
    compute: ({ tSne }) => tSne.divergence,
  },
};

/**
 * Every measure that there is, by what it is of and its key in the report's JSON.
 * A new one is a row of its group: the report's tables, JSON and page follow.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { name, compute } = measures.clustering.adjustedRandIndex;
 * assert.equal(name, "ARI");
 * assert.equal(compute([1, 1, 0], [3, 3, 9]), 1);
 * ```
 */
export const measures = {
  recognition: { ...recognitionMeasures, ...classMeasures },
  verification: { ...rocMeasures, ...thresholdMeasures },
  retrieval: { ...retrievalMeasures, ...topKMeasures },
  clustering: clusterMeasures,
  strangers: openSetMeasures,
  projections: projectionMeasures,
};
