import { percent } from "../../experiment/report/report.ts";
import type { TrainCallbacks } from "../../experiment/train_callbacks.ts";
import { pace } from "../../plots/notebook/pace.ts";

/** How far a run is known to be. */
export interface Told {
  /** The last step. */
  step: number;
  /** The path of the last checkpoint, if there is one. */
  checkpoint?: string;
}

/** Makes the callbacks that print a run's progress, and what they were told last. */
export function reportProgress(): { on: TrainCallbacks; told: Told } {
  const due = pace(5000);
  const told: Told = { step: 0 };
  const on: TrainCallbacks = {
    backend({ description }) {
      console.log(description);
    },
    resume(steps, path) {
      const { step = 0, progress = 0 } = steps.at(-1) ?? {};
      Object.assign(told, { step, checkpoint: path });
      console.log(
        `goes on after step ${step} (${percent(progress, 0)}), from ${path}`,
      );
    },
    step({ step, progress, loss, spread, imagesSeen, seconds }) {
      told.step = step;
      if (!due() && progress < 1) return;
      console.log(
        `step ${step}  ${percent(progress, 0)}  loss ${loss.toFixed(4)}  ` +
          `spread ${spread.toPrecision(2)}  ` +
          `${(imagesSeen / seconds).toFixed(1)} images/s`,
      );
    },
    validation({ step, accuracy }) {
      console.log(`step ${step}  validation accuracy ${percent(accuracy)}`);
    },
    checkpoint(path) {
      told.checkpoint = path;
    },
    warning(message) {
      console.warn(message);
    },
    evaluation(done, total) {
      if (due()) console.log(`evaluated ${done} of ${total} images`);
    },
  };
  return { on, told };
}
