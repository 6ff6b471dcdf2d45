import { checkValue } from "../../numeric/domain.ts";
import { checkMetric } from "../distances/metric.ts";
import { checkPenalty } from "./penalty.ts";
import type { TripletLossOptions } from "../batch/triplets.ts";

const means = { type: "choice", of: ["all", "active"] } as const;

/**
 * Checks how a loss weighs triplets.
 *
 * @throws {RangeError} If there is no metric, penalty or mean of this name.
 */
export function checkWeighting(
  action: string,
  { metric, penalty, mean = "all" }: TripletLossOptions,
): void {
  checkMetric(action, metric);
  checkPenalty(action, penalty);
  checkValue(action, "mean", mean, means);
}
