import { summarize } from "../../../lib/commands/train/summary.ts";
import type { TrainResult } from "../../../lib/experiment/train_options.ts";
import { resolveSettings } from "../../../lib/training/settings/settings.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("summarize() says when an accuracy was first passed", () => {
  const report = { accuracy: 0.975, testImages: 10 };
  const result = {
    settings: resolveSettings("quick", { seed: 4, workers: 3 }),
    backend: { backend: "webgpu", kernels: "wgsl", device: "H200" },
    steps: [{
      step: 1,
      progress: 1,
      loss: 0.1,
      learningRate: 1,
      imagesSeen: 120,
      seconds: 2,
    }],
    validations: [
      { step: 1, accuracy: 0.94, seconds: 1 },
      { step: 2, accuracy: 0.98, seconds: 2 },
      { step: 3, accuracy: 0.96, seconds: 3 },
    ],
    reports: { trained: report, untrained: report, rawPixels: report },
  } as unknown as TrainResult;
  const summary = summarize(result, "w");
  const { secondsTo, imagesPerSecond, seed, kernels, weights } = summary;
  assertEquals([summary.backend, summary.device], ["webgpu", "H200"]);
  assertEquals([summary.threads, summary.workers], [3, 3]);
  const { miner, rule } = summary.settings;
  assertEquals([miner, rule], ["semi-hard", "semi-hard"]);
  assertEquals(secondsTo, { "0.95": 2, "0.97": 2, "0.99": null });
  assertEquals([imagesPerSecond, seed, kernels, weights], [
    60,
    4,
    "wgsl",
    "w",
  ]);
});
