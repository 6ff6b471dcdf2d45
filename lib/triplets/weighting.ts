import { findPenalty } from "./penalty.ts";
import type { TripletLossOptions } from "./triplets.ts";

/**
 * Checks how a loss weighs triplets.
 *
 * @throws {RangeError} If there is no penalty or mean of this name.
 */
export function checkWeighting(
  { penalty, mean = "all" }: TripletLossOptions,
): void {
  findPenalty(penalty);
  if (mean === "all" || mean === "active") return;
  throw new RangeError(
    `Cannot compute a triplet loss: expected a mean of "all", "active", got "${mean}"`,
  );
}
