import { presets } from "../../training/settings/settings.ts";
import type { Contender } from "./contenders.ts";
import { askOnce } from "./contestant.ts";
import type { Memory } from "./contract.ts";
import { batches } from "./plan.ts";

const size = 28;
const { classesPerBatch, imagesPerClass } = presets.quick;

/**
 * Measures the memory of training NN2-28, in a process of its own.
 *
 * @param layout How PyTorch keeps images.
 */
export async function memoryOf(
  contender: Contender,
  layout: string,
  signal: AbortSignal,
): Promise<Memory> {
  const request = ["memory", size, batches[size]];
  if (contender.engine === "pytorch") request.push(layout);
  const bytes = await bytesOf(contender, request.join(" "), signal);
  return { ...describe(contender), batch: batches[size], bytes };
}

/** Measures the memory of the quick preset, from training to report. */
export async function quickMemoryOf(
  contender: Contender,
  signal: AbortSignal,
): Promise<Memory> {
  const bytes = await bytesOf(contender, "quick", signal);
  const batch = classesPerBatch * imagesPerClass;
  return { preset: "quick", ...describe(contender), batch, bytes };
}

async function bytesOf(
  { launch }: Contender,
  request: string,
  signal: AbortSignal,
): Promise<number> {
  return (await askOnce<{ bytes: number }>(launch, request, signal)).bytes;
}

const describe = ({ launch: _, engine, ...how }: Contender) => ({
  engine: engine as Memory["engine"],
  ...how,
  network: `NN2-${size}` as const,
});
