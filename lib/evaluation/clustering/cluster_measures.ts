import type { Measure } from "../statistics/measure.ts";
import { completeness, homogeneity } from "./homogeneity.ts";
import {
  adjustedMutualInformation,
  normalizedMutualInformation,
} from "./mutual_information.ts";
import { purity } from "./purity.ts";
import { adjustedRandIndex } from "./rand_index.ts";

/** A measure of clusters by its key in the report's JSON. */
export type ClusterMeasure =
  | "adjustedMutualInformation"
  | "normalizedMutualInformation"
  | "adjustedRandIndex"
  | "purity"
  | "homogeneity"
  | "completeness";

/** How well clusters and classes agree; computed of the two lists of labels. */
export const clusterMeasures: Record<
  ClusterMeasure,
  Measure<[clusters: ArrayLike<number>, classes: ArrayLike<number>]>
> = {
  adjustedMutualInformation: {
    name: "AMI",
    about: "What clusters tell of classes and back, above chance",
    unit: "index",
    range: [-1, 1],
    better: "higher",
    chance: 0,
    source: "Vinh, Epps & Bailey 2010",
    compute: adjustedMutualInformation,
  },
  normalizedMutualInformation: {
    name: "NMI",
    about: "The same, not adjusted: many small clusters make it high",
    unit: "index",
    range: [0, 1],
    better: "higher",
    source: "Strehl & Ghosh 2002, with the arithmetic mean",
    compute: normalizedMutualInformation,
  },
  adjustedRandIndex: {
    name: "ARI",
    about: "Agreement on which pairs belong together, above chance",
    unit: "index",
    range: [-0.5, 1],
    better: "higher",
    chance: 0,
    source: "Hubert & Arabie 1985",
    compute: adjustedRandIndex,
  },
  purity: {
    name: "purity",
    about:
      "The share of items of their cluster's most frequent class; 1 where each item is a cluster",
    unit: "index",
    range: [0, 1],
    better: "higher",
    source: "Manning et al. 2008, section 16.3",
    compute: purity,
  },
  homogeneity: {
    name: "homogeneity",
    about:
      "Whether each cluster holds one class alone; 1 where each item is a cluster",
    unit: "index",
    range: [0, 1],
    better: "higher",
    source: "Rosenberg & Hirschberg 2007",
    compute: homogeneity,
  },
  completeness: {
    name: "completeness",
    about:
      "Whether each class lies in one cluster; 1 where all items are in one",
    unit: "index",
    range: [0, 1],
    better: "higher",
    source: "Rosenberg & Hirschberg 2007",
    compute: completeness,
  },
};
