import { type Measure, shareFacts } from "../statistics/measure.ts";
import type { Roc } from "./roc.ts";
import { areaUnderRoc, equalErrorRate } from "./roc_measures.ts";
import type { Verification } from "./threshold.ts";

/** A measure of a ROC curve by its key in the report's JSON. */
export type RocMeasure = "areaUnderRoc" | "equalErrorRate";

/** How well pairs are told apart over all thresholds. */
export const rocMeasures: Record<RocMeasure, Measure<[roc: Roc]>> = {
  areaUnderRoc: {
    name: "area under ROC",
    about: "The chance that a pair of one class is nearer than one of two",
    unit: "index",
    range: [0, 1],
    better: "higher",
    chance: 0.5,
    source: "Hanley & McNeil 1982",
    compute: areaUnderRoc,
  },
  equalErrorRate: {
    name: "equal error rate",
    about: "The share of errors where those of both kinds are as frequent",
    ...shareFacts,
    better: "lower",
    chance: 0.5,
    source: "Jain, Ross & Prabhakar 2004",
    compute: (roc) => equalErrorRate(roc).rate,
  },
};

/** A measure of one threshold by its key. */
export type ThresholdMeasure = "validationRate" | "falseAcceptRate";

/** What one threshold does to pairs. */
export const thresholdMeasures: Record<
  ThresholdMeasure,
  Measure<[at: Verification]>
> = {
  validationRate: {
    name: "VAL",
    about: "The accepted share of the pairs of one class, at a given FAR",
    ...shareFacts,
    source: "Schroff et al. 2015 (FaceNet), section 4",
    compute: ({ validationRate }) => validationRate,
  },
  falseAcceptRate: {
    name: "FAR",
    about: "The accepted share of the pairs of two classes",
    ...shareFacts,
    better: "lower",
    source: "Schroff et al. 2015 (FaceNet), section 4",
    compute: ({ falseAcceptRate }) => falseAcceptRate,
  },
};
