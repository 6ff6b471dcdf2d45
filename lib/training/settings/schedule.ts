import { optionsOf } from "../../numeric/options.ts";
import { checkValue, checkWhole } from "../../numeric/domain.ts";
import { checkSetting } from "./check.ts";
import { type ScheduleShape, settingsSchema } from "./schema.ts";

/** A learning rate over a run. */
export interface Schedule {
  /** The highest learning rate, reached after the warm-up. */
  peak: number;
  /** Steps over which the rate rises from near 0 to the peak (default 0). */
  warmUpSteps?: number;
  /** What the rate does besides (default "cosine"). */
  shape?: ScheduleShape;
}

/**
 * The learning rate of a step: a linear warm-up, and half a cosine from the
 * peak down to 0 over the run, or the peak throughout.
 *
 * @param step Steps finished so far, from 0.
 * @param progress The part of the run that is over, in [0, 1]; above 1 it is at
 * its end.
 * @throws {RangeError} If one of them, or the schedule, is not what it should be.
 *
 * Source: Loshchilov and Hutter, "SGDR", arXiv 1608.03983, without restarts;
 * the warm-up as in Goyal and others, arXiv 1706.02677, section 2.2.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const schedule = { peak: 0.01, warmUpSteps: 10 };
 * assert.equal(learningRate(schedule, 0, 0), 0.001);
 * assert.equal(learningRate(schedule, 50, 0.5), 0.005);
 * assert.equal(learningRate(schedule, 100, 1), 0);
 * ```
 */
export function learningRate(
  schedule: Schedule,
  step: number,
  progress: number,
): number {
  const action = "compute the learning rate";
  const { peak, warmUpSteps = 0, shape = "cosine" } = optionsOf(
    action,
    schedule,
  );
  checkValue(action, "peak", peak, settingsSchema.learningRate.domain);
  checkSetting(action, "warmUpSteps", warmUpSteps);
  checkValue(action, "shape", shape, settingsSchema.schedule.domain);
  checkWhole(action, "step", step);
  checkValue(action, "progress", progress, { type: "number", min: 0 });
  const warmth = Math.min(1, (step + 1) / Math.max(1, warmUpSteps));
  if (shape === "constant") return peak * warmth;
  return peak * warmth * (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
}
