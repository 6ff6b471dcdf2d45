/**
 * What is measured once, in a process of its own: where a training step's time
 * goes, and what the processor can do.
 *
 * @module
 */
import type { Subject } from "../subjects/subject.ts";
import { askOnce } from "../../../experiment/bench/runner.ts";
import type { LaunchProfile, ShaderTotal } from "../profile/launch_profile.ts";
import type { Peak, ShaderCost, StepProfile } from "../report/contract.ts";
import { batches } from "./plan.ts";
import type { KernelProfile } from "../../../backends/engine/profile.ts";

const size = 28;
const network = `NN2-${size}` as const;

/** Measures what one thread can do at most. */
export async function peakOf(
  { launch, engine, tier }: Subject,
  signal: AbortSignal,
): Promise<Peak> {
  const { gflops } = await askOnce<{ gflops: number }>(launch, "peak", signal);
  return {
    engine: engine as Peak["engine"],
    ...(tier && { tier }),
    gflops,
  };
}

/**
 * Measures where the time of a step of NN2-28 goes.
 *
 * @param peaks With which its speed is compared; a GPU's with none.
 */
export async function stepOf(
  { launch, engine, tier, backend, device }: Subject,
  peaks: readonly Peak[],
  signal: AbortSignal,
  batch: number = batches[size],
): Promise<StepProfile> {
  const profile = await askOnce<KernelProfile & Partial<LaunchProfile>>(
    launch,
    `operations ${size} ${batch}`,
    signal,
  );
  const peak = Math.max(...peaks.map(({ gflops }) => gflops));
  const step = stepProfile(profile);
  return {
    engine,
    ...(tier && { tier }),
    ...(backend && { backend }),
    ...(device !== undefined && { device }),
    network,
    batch,
    ...step,
    ...(profile.shaders && { shaders: shaderCosts(profile, profile.shaders) }),
    ...(peaks.length > 0 && { shareOfPeak: step.gflops / peak }),
  };
}

const shaderCosts = (
  { seconds: all }: KernelProfile,
  shaders: readonly ShaderTotal[],
): ShaderCost[] =>
  shaders.toSorted((a, b) => b.seconds - a.seconds)
    .map(({ name, launches, seconds }) => ({
      name,
      launches,
      milliseconds: 1000 * seconds,
      share: seconds / all,
    }));

/** A profile as people read it, the dearest operation first. */
export function stepProfile(
  { seconds, kernels }: KernelProfile,
): Pick<StepProfile, "milliseconds" | "gflops" | "operations"> {
  const sum = (of: "seconds" | "flop") =>
    kernels.reduce((total, kernel) => total + kernel[of], 0);
  const outside = seconds - sum("seconds");
  const operations = kernels
    .toSorted((a, b) => b.seconds - a.seconds)
    .concat({ name: "outside kernels", calls: 1, seconds: outside, flop: 0 })
    .map(({ name, calls, launches, seconds: own, flop }) => ({
      name,
      calls,
      ...(launches !== undefined && { launches }),
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
