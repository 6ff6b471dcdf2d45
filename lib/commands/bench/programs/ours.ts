/**
 * The subject that runs this library's kernels. Its arguments are the tier and
 * the number of threads that it is expected to run.
 *
 * @module
 */
import process from "node:process";
import { useBackend } from "../../../backends/use_backend.ts";
import { train } from "../../../experiment/train.ts";
import type { Tier } from "../report/contract.ts";
import { measurePeak } from "./peak.ts";
import { profileKernels } from "../../../backends/engine/profile.ts";
import { answerRequests, timed } from "../../../experiment/bench/serve.ts";
import { inference, mining, training } from "../../../experiment/bench/work.ts";

/** How many steps make a mean. */
const steps = 3;

if (import.meta.main) {
  const tier = Deno.args[0] as Tier;
  const threads = Number(Deno.args[1]);
  const found = await useBackend("wasm", { threads });
  if (found.kernels !== tier) {
    throw new Error(`expected the kernels "${tier}", got "${found.kernels}"`);
  }
  if (found.threads !== threads) {
    throw new Error(`expected ${threads} threads, got ${found.threads}`);
  }
  await answerRequests({
    train: timed(training),
    infer: timed(inference),
    mine: timed(mining),
    peak: () => ({ gflops: measurePeak(tier) }),
    memory,
    quick: () => quick(threads),
    operations,
  });
}

/** The memory of a few training steps. */
async function memory(size: string, batch: string): Promise<{ bytes: number }> {
  const step = training(size, batch);
  for (let i = 0; i < steps; i++) await step();
  return { bytes: mostBytes() };
}

/** The memory of the quick preset, evaluation included, after fewer steps. */
async function quick(workers: number): Promise<{ bytes: number }> {
  const { model } = await train({ preset: "quick", steps, workers });
  model.dispose();
  return { bytes: mostBytes() };
}

/** The greatest number of resident bytes so far. */
function mostBytes(): number {
  return 1024 * process.resourceUsage().maxRSS;
}

/** The kernels of a training step, as means of a few. */
async function operations(size: string, batch: string) {
  const step = training(size, batch);
  await step();
  const { seconds, kernels } = await profileKernels(async () => {
    for (let i = 0; i < steps; i++) await step();
  });
  return {
    seconds: seconds / steps,
    kernels: kernels.map(({ name, calls, seconds, flop }) => ({
      name,
      calls: calls / steps,
      seconds: seconds / steps,
      flop: flop / steps,
    })),
  };
}
