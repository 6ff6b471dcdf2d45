import { explainCollapse } from "../training/step/collapse.ts";
import type { CheckpointedRun } from "../training/run/checkpointed_run.ts";
import { runSteps } from "../training/run/steps.ts";
import type { StepReport } from "../training/checkpoint/run_state.ts";
import type { Settings } from "../training/settings/schema.ts";
import type { TrainPlan } from "./train_options.ts";

/**
 * Takes a run to its end, with measurements and checkpoints on the way.
 *
 * @param measure Gives the accuracy on validation images.
 * @throws {RangeError} As `runSteps`; or if the embedding has collapsed and is
 * to end the run.
 * @throws The signal's reason, if it was aborted.
 */
export async function fit(
  run: CheckpointedRun,
  settings: Settings,
  measure: () => Promise<number>,
  { on, signal, stopOnCollapse }: Pick<
    TrainPlan,
    "on" | "signal" | "stopOnCollapse"
  >,
): Promise<void> {
  const { steps, validations } = run;

  const validate = async ({ step, progress, seconds }: StepReport) => {
    const every = settings.validateEvery;
    const isDue = every > 0 && (step % every === 0 || progress === 1);
    if (!isDue || validations.at(-1)?.step === step) return;
    const validation = { step, accuracy: await measure(), seconds };
    validations.push(validation);
    await on.validation?.(validation);
  };

  const lookAtSpread = async (step: StepReport) => {
    if (!step.collapsed || steps.at(-2)?.collapsed) return;
    const message = explainCollapse(settings, step);
    if (stopOnCollapse) throw new RangeError(message);
    await on.warning?.(message);
  };

  // A run that was stopped may have a step in its checkpoint and not measured it.
  if (steps.length > 0) await validate(steps.at(-1)!);
  for await (const step of runSteps(run, signal)) {
    await on.step?.(step);
    await lookAtSpread(step);
    if (!signal?.aborted) await validate(step);
  }
  signal?.throwIfAborted();
}
