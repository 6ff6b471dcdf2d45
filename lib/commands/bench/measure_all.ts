import { attemptAll, type Bench, type BenchSettings } from "./context.ts";
import { prepare } from "./prepare.ts";
import { startRunner } from "../../experiment/bench/runner.ts";
import type {
  BenchReport,
  BenchRow,
  MemoryUse,
  StepProfile,
} from "./report/contract.ts";
import { describeMachine, otherMachines } from "./report/machine.ts";
import { busyProcess, ours, pytorch } from "./subjects/subject.ts";
import { type GpuKernels, webGpu } from "./subjects/webgpu.ts";
import { measureSuite } from "./suites/measure_suite.ts";
import { quickPresetMemory, trainingMemory } from "./suites/memory.ts";
import { peakOf, stepOf } from "./suites/operations.ts";
import { type Available, layouts, planSuites } from "./suites/plan.ts";
import { gpuBatch } from "./suites/webgpu.ts";
import { benchRows } from "./suites/rows.ts";

/** Threads with which the memory of the quick preset is measured. */
const threadCounts = [1, 2, 8];

/**
 * Measures everything, one thing at a time. What cannot be measured is left out
 * and named in the report.
 *
 * @param say Told what goes on.
 * @param signal Ends the processes that are measured.
 */
export async function measureAll(
  settings: BenchSettings,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<BenchReport> {
  const { rounds, busy } = settings;
  const notMeasured = [`Other machines: ${otherMachines()}.`];
  const bench = { ...settings, say, signal, notMeasured };
  const available = await prepare(bench);
  const machine = describeMachine(available.torch?.version);
  const other = busy ? startRunner(busyProcess, signal) : undefined;
  await other?.ask("start");
  try {
    const rows = await measureRows(bench, available);
    const { steps, peaks } = await measureOperations(bench, available);
    steps.push(...await measureGpuSteps(bench, available));
    const memory = await measureMemory(bench, available, rows);
    return { machine, rounds, busy, rows, steps, peaks, memory, notMeasured };
  } finally {
    await other?.end();
  }
}

async function measureRows(
  { wanted, rounds, say, signal, notMeasured }: Bench,
  available: Available,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const suite of planSuites(available)) {
    if (!wanted.has(suite.name)) continue;
    const measured = benchRows(await measureSuite(suite, rounds, say, signal));
    rows.push(...measured.rows);
    notMeasured.push(...measured.failures);
  }
  return rows;
}

async function measureOperations(
  bench: Bench,
  available: Available,
): Promise<Pick<BenchReport, "steps" | "peaks">> {
  const { wanted, say, signal } = bench;
  if (!wanted.has("operations")) return { steps: [], peaks: [] };
  say("operations");
  const { ours, all } = onOneThread(available);
  const peaks = await attemptAll(all, (one) => peakOf(one, signal), bench);
  const steps = await attemptAll(
    ours,
    (one) => stepOf(one, peaks, signal),
    bench,
  );
  return { steps, peaks };
}

async function measureGpuSteps(
  bench: Bench,
  { gpu }: Available,
): Promise<StepProfile[]> {
  if (!gpu) return [];
  bench.say("webgpu: operations");
  const kernels: GpuKernels[] = ["ours", "stock"];
  return await attemptAll(
    kernels,
    (one) => stepOf(webGpu(one, gpu.name), [], bench.signal, gpuBatch(gpu)),
    bench,
  );
}

async function measureMemory(
  bench: Bench,
  available: Available,
  rows: readonly BenchRow[],
): Promise<MemoryUse[]> {
  const { wanted, say, signal } = bench;
  if (!wanted.has("memory")) return [];
  say("memory");
  const layout = rows.find(({ variant }) => variant)?.variant ?? layouts[0];
  const withThreads = available.tiers.slice(-1)
    .flatMap((tier) => threadCounts.map((count) => ours(tier, count)));
  return [
    ...await attemptAll(
      onOneThread(available).all,
      (one) => trainingMemory(one, layout, signal),
      bench,
    ),
    ...await attemptAll(
      withThreads,
      (one) => quickPresetMemory(one, signal),
      bench,
    ),
  ];
}

/** The subjects with one thread: ours, and these with PyTorch where it is there. */
function onOneThread({ tiers, torch }: Available) {
  const oursAlone = tiers.map((tier) => ours(tier, 1));
  return {
    ours: oursAlone,
    all: torch ? [...oursAlone, pytorch(torch, 1)] : oursAlone,
  };
}
