import { presets } from "../../../training/settings/settings.ts";
import type { Subject } from "../subjects/subject.ts";
import { askOnce } from "../../../experiment/bench/runner.ts";
import type { MemoryUse } from "../report/contract.ts";
import { batches } from "./plan.ts";

const size = 28;
const { classesPerBatch, imagesPerClass } = presets.quick;

/**
 * Measures the memory of training NN2-28, in a process of its own.
 *
 * @param layout How PyTorch keeps images.
 */
export async function trainingMemory(
  subject: Subject,
  layout: string,
  signal: AbortSignal,
): Promise<MemoryUse> {
  const request = ["memory", size, batches[size]];
  if (subject.engine === "pytorch") request.push(layout);
  const bytes = await bytesOf(subject, request.join(" "), signal);
  return { ...describe(subject), batch: batches[size], bytes };
}

/** Measures the memory of the quick preset, from training to report. */
export async function quickPresetMemory(
  subject: Subject,
  signal: AbortSignal,
): Promise<MemoryUse> {
  const bytes = await bytesOf(subject, "quick", signal);
  const batch = classesPerBatch * imagesPerClass;
  return { preset: "quick", ...describe(subject), batch, bytes };
}

async function bytesOf(
  { launch }: Subject,
  request: string,
  signal: AbortSignal,
): Promise<number> {
  return (await askOnce<{ bytes: number }>(launch, request, signal)).bytes;
}

const describe = ({ launch: _, engine, ...how }: Subject) => ({
  engine: engine as MemoryUse["engine"],
  ...how,
  network: `NN2-${size}` as const,
});
