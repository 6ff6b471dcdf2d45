import type { TrainResult } from "../../experiment/train_options.ts";

/** The result as the `--json` file has it. */
export function summarize(result: TrainResult, weights: string) {
  const { settings, backend, steps, validations, reports } = result;
  const { seconds = 0, imagesSeen = 0 } = steps.at(-1) ?? {};
  const secondsTo = (accuracy: number) =>
    validations.find((each) => each.accuracy >= accuracy)?.seconds ?? null;
  return {
    centroidAccuracy: reports.trained.accuracy,
    baselines: {
      untrained: reports.untrained.accuracy,
      rawPixels: reports.rawPixels.accuracy,
    },
    testImages: reports.trained.testImages,
    steps: steps.length,
    imagesSeen,
    imagesPerSecond: imagesSeen / seconds,
    seconds,
    secondsTo: {
      "0.95": secondsTo(0.95),
      "0.97": secondsTo(0.97),
      "0.99": secondsTo(0.99),
    },
    backend: backend.backend,
    threads: settings.threads,
    workers: settings.threads,
    kernels: backend.kernels,
    device: backend.device,
    seed: settings.seed,
    weights,
    // And the miner by its former name.
    settings: { ...settings, rule: settings.miner },
    losses: steps.map(({ loss }) => loss),
    spreads: steps.map(({ spread }) => spread),
    validations,
  };
}
