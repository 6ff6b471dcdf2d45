import { checkValue } from "../../numeric/domain.ts";
import type { Random } from "../../numeric/random.ts";
import { checkMargin } from "../batch/batch.ts";
import { checkMetric, type Metric } from "../distances/metric.ts";
import {
  checkLossFunction,
  type TripletLossFunction,
} from "./loss_function.ts";

/** How a loss weighs triplets. */
export interface TripletLossOptions {
  /** The unit of the margin, and the distance that the loss is made of. Default "squared". */
  metric?: Metric | undefined;
  /** What a triplet costs. Default "hinge". */
  lossFunction?: TripletLossFunction | undefined;
  /** @deprecated Use `lossFunction`. */
  penalty?: TripletLossFunction | undefined;
  /** The reducer: the mean over "all" triplets that were chosen, or over those "active", which cost something. Default "all". */
  mean?: "all" | "active" | undefined;
}

/** The margin has no default, since its unit is that of the metric. */
export interface LossOptions extends TripletLossOptions {
  /** By how much a negative should be farther than the positive; 0 or more, in the unit of the distances. */
  margin: number;
  /** The stream that a miner draws from. Only a miner that draws needs one. */
  random?: Random | undefined;
}

/** {@linkcode TripletLossOptions} and the margin, checked, with the defaults filled in. */
export interface Weighting {
  margin: number;
  metric: Metric;
  lossFunction: TripletLossFunction;
  mean: "all" | "active";
}

/**
 * Checks how a loss weighs triplets, and fills in the defaults.
 *
 * @throws {RangeError} If there is no metric, loss function or mean of this name,
 * or the margin is not a finite number of 0 or more.
 */
export function resolveWeighting(
  action: string,
  margin: number,
  options: TripletLossOptions,
): Weighting {
  const { metric = "squared", penalty, mean = "all" } = options;
  const { lossFunction = penalty ?? "hinge" } = options;
  checkMargin(action, margin);
  checkMetric(action, metric);
  if (penalty !== undefined) checkLossFunction(action, "penalty", penalty);
  checkLossFunction(action, "lossFunction", lossFunction);
  const means = { type: "choice", of: ["all", "active"] } as const;
  checkValue(action, "mean", mean, means);
  return { margin, metric, lossFunction, mean };
}
