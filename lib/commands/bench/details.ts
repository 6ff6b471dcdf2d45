/**
 * What is measured once, in a process of its own: where a training step's time
 * goes, what the processor can do, and how much memory training takes.
 *
 * @module
 */
import type { Contender } from "./contenders.ts";
import { startContestant } from "./contestant.ts";
import type { Memory, Peak, StepProfile } from "./contract.ts";
import { batches } from "./plan.ts";
import type { Profile } from "./profile.ts";

const size = 28;
const batch = batches[size];
const network = `NN2-${size}` as const;

/** Starts a contestant for one question. */
async function askOnce<T>(
  { launch }: Contender,
  request: string,
  signal: AbortSignal,
): Promise<T> {
  const contestant = startContestant(launch, signal);
  try {
    return await contestant.ask<T>(request);
  } finally {
    await contestant.end();
  }
}

/** Measures what one thread can do at most. */
export async function peakOf(
  contender: Contender,
  signal: AbortSignal,
): Promise<Peak> {
  const { gflops } = await askOnce<{ gflops: number }>(
    contender,
    "peak",
    signal,
  );
  return { ...labels(contender), gflops };
}

/**
 * Measures the memory of training NN2-28.
 *
 * @param layout How PyTorch keeps images.
 */
export async function memoryOf(
  contender: Contender,
  layout: string,
  signal: AbortSignal,
): Promise<Memory> {
  const request = contender.engine === "pytorch"
    ? `memory ${size} ${batch} ${layout}`
    : `memory ${size} ${batch}`;
  const { bytes } = await askOnce<{ bytes: number }>(
    contender,
    request,
    signal,
  );
  return { ...labels(contender), network, batch, bytes };
}

/**
 * Measures where the time of a step of NN2-28 goes.
 *
 * @param peaks With which its speed is compared.
 */
export async function stepOf(
  contender: Contender,
  peaks: readonly Peak[],
  signal: AbortSignal,
): Promise<StepProfile> {
  const profile = await askOnce<Profile>(
    contender,
    `operations ${size} ${batch}`,
    signal,
  );
  const peak = Math.max(...peaks.map(({ gflops }) => gflops));
  const step = stepProfile(profile);
  return {
    tier: contender.tier!,
    network,
    batch,
    ...step,
    ...(peaks.length > 0 && { shareOfPeak: step.gflops / peak }),
  };
}

/** A profile as people read it, the dearest operation first. */
export function stepProfile(
  { seconds, kernels }: Profile,
): Pick<StepProfile, "milliseconds" | "gflops" | "operations"> {
  const sum = (of: "seconds" | "flop") =>
    kernels.reduce((total, kernel) => total + kernel[of], 0);
  const outside = seconds - sum("seconds");
  const operations = kernels
    .toSorted((a, b) => b.seconds - a.seconds)
    .concat({ name: "outside kernels", calls: 1, seconds: outside, flop: 0 })
    .map(({ name, calls, seconds: own, flop }) => ({
      name,
      calls,
      milliseconds: 1000 * own,
      gflops: flop === 0 ? 0 : flop / own / 1e9,
      share: own / seconds,
    }));
  return {
    milliseconds: 1000 * seconds,
    gflops: sum("flop") / seconds / 1e9,
    operations,
  };
}

const labels = ({ engine, tier }: Contender) => ({
  engine: engine as "ours" | "pytorch",
  ...(tier && { tier }),
});
