import { type Measure, shareFacts } from "../statistics/measure.ts";
import { accuracy } from "./accuracy.ts";

/** How many of those taken for a class are of it, were taken for it, are of it. */
type ClassCounts = Record<"right" | "predicted" | "support", number>;

/** How well all classes are recognized; computed of predictions and labels. */
export const recognitionMeasures: Record<
  "accuracy",
  Measure<[predicted: ArrayLike<number>, actual: ArrayLike<number>]>
> = {
  accuracy: {
    name: "accuracy",
    about: "The share of images whose class was predicted",
    ...shareFacts,
    source: "scikit-learn's accuracy_score",
    compute: accuracy,
  },
};

const ratio = (part: number, whole: number) => whole === 0 ? 0 : part / whole;

/** A measure of one class by its key in the report's JSON. */
export type ClassMeasure = "precision" | "recall" | "f1";

/** How well one class is recognized; 0 where there is nothing to divide by. */
export const classMeasures: Record<
  ClassMeasure,
  Measure<[counts: ClassCounts]>
> = {
  precision: {
    name: "precision",
    about: "The share of those taken for a class that are of it",
    ...shareFacts,
    source: "scikit-learn's classification_report",
    compute: ({ right, predicted }) => ratio(right, predicted),
  },
  recall: {
    name: "recall",
    about: "The share of a class that was taken for it",
    ...shareFacts,
    source: "scikit-learn's classification_report",
    compute: ({ right, support }) => ratio(right, support),
  },
  f1: {
    name: "F1",
    about: "The harmonic mean of precision and recall",
    ...shareFacts,
    source: "scikit-learn's classification_report",
    compute: ({ right, predicted, support }) =>
      ratio(2 * right, support + predicted),
  },
};
