import { explainCollapse } from "../training/step/collapse.ts";
import type { KeptRun } from "../training/run/kept_run.ts";
import type { StepReport } from "../training/checkpoint/run_state.ts";
import type { Settings } from "../training/settings/schema.ts";
import type { TrainOptions } from "./train_options.ts";

type Told = Pick<
  TrainOptions,
  "onStep" | "onValidation" | "onWarning" | "signal" | "stopOnCollapse"
>;

/**
 * Takes a run to its end, with measurements and checkpoints on the way.
 *
 * @param measure Gives the accuracy on validation images.
 * @throws {RangeError} As `Run.next`; or if the embedding has collapsed and is
 * to end the run.
 * @throws The signal's reason, if it was aborted; the run is kept then.
 */
export async function fit(
  run: KeptRun,
  settings: Settings,
  measure: () => Promise<number>,
  { onStep, onValidation, onWarning, signal, stopOnCollapse }: Told,
): Promise<void> {
  const { steps, validations } = run;

  const validate = async ({ step, progress, seconds }: StepReport) => {
    const every = settings.validateEvery;
    const isDue = every > 0 && (step % every === 0 || progress === 1);
    if (!isDue || validations.at(-1)?.step === step) return;
    const validation = { step, accuracy: await measure(), seconds };
    validations.push(validation);
    await onValidation?.(validation);
  };

  const lookAtSpread = async (step: StepReport) => {
    if (!step.collapsed || steps.at(-2)?.collapsed) return;
    const message = explainCollapse(settings, step);
    if (stopOnCollapse) throw new RangeError(message);
    await onWarning?.(message);
  };

  // A run that was stopped may have kept a step and not measured it.
  if (steps.length > 0) await validate(steps.at(-1)!);
  while (run.progress() < 1 && !signal?.aborted) {
    const step = await run.next();
    await onStep?.(step);
    await lookAtSpread(step);
    if (!signal?.aborted) await validate(step);
    await run.whenDue();
  }
  await run.now();
  signal?.throwIfAborted();
}
