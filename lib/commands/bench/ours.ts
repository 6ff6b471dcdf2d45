/**
 * The contestant that runs this library's kernels. Its argument is the tier that
 * it is expected to run.
 *
 * @module
 */
import { useBackend } from "../../backends/use_backend.ts";
import type { Tier } from "./contract.ts";
import { measurePeak } from "./peak.ts";
import { profile } from "./profile.ts";
import { serve, timed } from "./serve.ts";
import { adding, giving, taking, updating } from "./exchange.ts";
import { inference, mining, training } from "./work.ts";

/** How many steps make a mean. */
const steps = 3;

if (import.meta.main) {
  const { kernels } = await useBackend("wasm");
  const tier = Deno.args[0] as Tier;
  if (kernels !== tier) {
    throw new Error(`expected the kernels "${tier}", got "${kernels}"`);
  }
  await serve({
    train: timed(training),
    infer: timed(inference),
    mine: timed(mining),
    adam: timed(updating),
    give: timed(giving),
    add: timed(adding),
    take: timed(taking),
    peak: () => ({ gflops: measurePeak(tier) }),
    memory,
    operations,
  });
}

/** Resident bytes after a few steps: WebAssembly's memory never shrinks. */
async function memory(size: string, batch: string): Promise<{ bytes: number }> {
  const step = await training(size, batch);
  let bytes = 0;
  for (let i = 0; i < steps; i++) {
    await step();
    bytes = Math.max(bytes, Deno.memoryUsage().rss);
  }
  return { bytes };
}

/** The kernels of a training step, as means of a few. */
async function operations(size: string, batch: string) {
  const step = await training(size, batch);
  await step();
  const { seconds, kernels } = await profile(async () => {
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
