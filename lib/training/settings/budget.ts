import { checkValue, checkWhole } from "../../numeric/domain.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkSettings } from "./check.ts";
import type { Settings } from "./schema.ts";

/** When a run ends: at whichever limit comes first. */
export type Budget = Pick<Settings, "steps" | "epochs" | "seconds">;

/**
 * Refuses a budget without an end.
 *
 * @throws {RangeError} If a limit cannot be, or there is none.
 */
export function checkBudget(
  action: string,
  { steps, epochs, seconds }: Budget,
): void {
  checkSettings(action, { steps, epochs, seconds });
  if (steps === undefined && epochs === undefined && seconds === undefined) {
    refuse(action, "a budget of steps, epochs or seconds", "none");
  }
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
  checkBudget(action, { steps, epochs, seconds });
  checkWhole(action, "the steps spent", spent.steps);
  checkValue(action, "the seconds spent", spent.seconds, {
    type: "number",
    min: 0,
  });
  checkValue(action, "stepsPerEpoch", stepsPerEpoch, {
    type: "number",
    above: 0,
  });
  return Math.max(
    spent.steps / (steps ?? Infinity),
    spent.steps / Math.ceil((epochs ?? Infinity) * stepsPerEpoch),
    spent.seconds / (seconds ?? Infinity),
  );
}

/** The limits of a run that are among the settings. */
export function budgetOf({ steps, epochs, seconds }: Budget): Budget {
  return {
    ...(steps !== undefined && { steps }),
    ...(epochs !== undefined && { epochs }),
    ...(seconds !== undefined && { seconds }),
  };
}

/** The settings that decide what a step does, not how many there are. */
export function withoutBudget<S extends Budget>(
  { steps: _steps, epochs: _epochs, seconds: _seconds, ...others }: S,
): Omit<S, keyof Budget> {
  return others;
}
