import {
  completeness,
  homogeneity,
} from "../../../lib/evaluation/clustering/homogeneity.ts";
import {
  adjustedMutualInformation,
  normalizedMutualInformation,
} from "../../../lib/evaluation/clustering/mutual_information.ts";
import { purity } from "../../../lib/evaluation/clustering/purity.ts";
import { adjustedRandIndex } from "../../../lib/evaluation/clustering/rand_index.ts";

/** All measures of clusters against classes, by name, */
export const measures = {
  adjustedMutualInformation,
  normalizedMutualInformation,
  adjustedRandIndex,
  homogeneity,
  completeness,
  purity,
};

/** and the names. */
export const names = Object.keys(measures) as (keyof typeof measures)[];
