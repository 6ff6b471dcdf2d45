import { checkValue } from "../../numeric/domain.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkSome } from "./check.ts";

/** When a run ends: at whichever limit comes first. */
export interface Budget {
  /** Steps, of one batch each. */
  steps?: number | undefined;
  /** Passes over as many images as the training set has; may be a fraction. */
  epochs?: number | undefined;
  /** Seconds of training. Only this one is not reproduced by a seed. */
  seconds?: number | undefined;
}

/** What a budget is compared with. */
export interface Spent {
  steps: number;
  seconds: number;
}

/**
 * How much of a budget is spent: 0 at the beginning, 1 or more at the end.
 *
 * @param stepsPerEpoch Steps until as many images were seen as there are.
 * @throws {RangeError} If the budget has no limit, or a number is not what it
 * should be.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const budget = { epochs: 2, seconds: 60 };
 * assert.equal(budgetSpent(budget, { steps: 50, seconds: 15 }, 100), 0.25);
 * assert.equal(budgetSpent(budget, { steps: 50, seconds: 60 }, 100), 1);
 * ```
 */
export function budgetSpent(
  { steps, epochs, seconds }: Budget,
  spent: Spent,
  stepsPerEpoch: number,
): number {
  const action = "spend a budget";
  checkSome(action, { steps, epochs, seconds });
  checkValue(action, "the steps spent", spent.steps, {
    type: "integer",
    min: 0,
  });
  checkValue(action, "the seconds spent", spent.seconds, {
    type: "number",
    min: 0,
  });
  checkValue(action, "stepsPerEpoch", stepsPerEpoch, {
    type: "number",
    above: 0,
  });
  const parts = [
    steps === undefined ? [] : [spent.steps / steps],
    epochs === undefined
      ? []
      : [spent.steps / Math.ceil(epochs * stepsPerEpoch)],
    seconds === undefined ? [] : [spent.seconds / seconds],
  ].flat();
  if (parts.length === 0) {
    refuse(action, "a budget of steps, epochs or seconds", "none");
  }
  return Math.max(...parts);
}
