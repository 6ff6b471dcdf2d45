import { type Measure, shareFacts } from "../statistics/measure.ts";
import type { Rejection } from "./rejection.ts";

const phillips = "Phillips, Grother & Micheals 2005";

/** A measure of a rejection threshold by its key in the report's JSON. */
export type OpenSetMeasure =
  | "falseAcceptRate"
  | "identificationRate"
  | "confusionRate"
  | "rejectionRate";

/** What a rejection threshold does to known images and to strangers. */
export const openSetMeasures: Record<OpenSetMeasure, Measure<[at: Rejection]>> =
  {
    falseAcceptRate: {
      name: "strangers, let in",
      about: "The share of strangers that are taken for somebody known (FAR)",
      ...shareFacts,
      better: "lower",
      source: phillips,
      compute: ({ falseAcceptRate }) => falseAcceptRate,
    },
    identificationRate: {
      name: "known, identified",
      about: "The share of known images that are taken for what they are (DIR)",
      ...shareFacts,
      better: "higher",
      source: phillips,
      compute: ({ identificationRate }) => identificationRate,
    },
    confusionRate: {
      name: "known, mistaken",
      about: "The share of known images that are taken for another class",
      ...shareFacts,
      better: "lower",
      source: phillips,
      compute: ({ confusionRate }) => confusionRate,
    },
    rejectionRate: {
      name: "known, rejected",
      about: "The share of known images that are taken for strangers",
      ...shareFacts,
      better: "lower",
      source: phillips,
      compute: ({ rejectionRate }) => rejectionRate,
    },
  };
