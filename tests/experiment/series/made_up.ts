import type { ExperimentRun } from "../../../lib/experiment/series/result.ts";

/** What a run of a seed might have given. */
export const runOf = (seed: number): ExperimentRun => ({
  seed,
  centroidAccuracy: 0.9 + seed / 1000,
  validationRate: 0.5,
  far: 0.001,
  spread: 1.9,
  imagesSeen: 7200,
});
