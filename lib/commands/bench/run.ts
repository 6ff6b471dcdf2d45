import { projectFolder } from "../system/project.ts";
import { noFlags, v8Flags } from "../system/v8_flags.ts";
import { type Contender, neighbour, ours, pytorch } from "./contenders.ts";
import { startContestant } from "./contestant.ts";
import type {
  BenchReport,
  Memory,
  Peak,
  Row,
  StepProfile,
  Tier,
} from "./contract.ts";
import { peakOf, stepOf } from "./report/details.ts";
import { exportNetwork } from "./subjects/export_network.ts";
import { describeMachine, otherMachines } from "./machine.ts";
import { measureBlock } from "./measure.ts";
import { memoryOf, quickMemoryOf } from "./memory.ts";
import type { Part } from "./parts.ts";
import { type Field, layouts, planBlocks } from "./plan.ts";
import { preparePyTorch } from "./pytorch_environment.ts";
import { rowsOf } from "./report/rows.ts";

/** Threads with which the memory of the quick preset is measured. */
const threadCounts = [1, 2, 8];

/** What to measure. */
export interface Settings {
  peers: boolean;
  /** The only tier of ours, if not both. */
  tier?: Tier | undefined;
  /** Whether another process computes without end beside everything. */
  busy: boolean;
  rounds: number;
  wanted: ReadonlySet<Part>;
}

/**
 * Measures everything, one thing at a time. What cannot be measured is left out
 * and named in the report.
 *
 * @param say Told what goes on.
 * @param signal Ends the processes that are measured.
 */
export async function measureAll(
  { peers, tier, busy, rounds, wanted }: Settings,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<BenchReport> {
  const notMeasured = [`Other machines: ${otherMachines()}.`];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      notMeasured.push((error as Error).message);
      say((error as Error).message);
      return undefined;
    }
  };

  const cache = `${projectFolder}/.cache`;
  const torch = peers
    ? await attempt(() => preparePyTorch(`${cache}/pytorch`, say))
    : undefined;
  const onnx = torch && wanted.has("infer-28")
    ? await attempt(() => exportNetwork(torch, `${cache}/nn2-28.onnx`, signal))
    : undefined;
  const machine = describeMachine(torch?.version);
  const flags = await v8Flags();
  if (flags === noFlags) {
    notMeasured.push(
      "V8's flags for wider vectors: Deno does not start with them.",
    );
  }
  const tiers = tiersOf(flags).filter((one) => (tier ?? one.tier) === one.tier);
  const cores = navigator.hardwareConcurrency;
  const blocks = planBlocks({ tiers, cores, peers, torch, onnx });

  const other = busy ? startContestant(neighbour, signal) : undefined;
  await other?.ask("start");
  try {
    const rows: Row[] = [];
    for (const block of blocks) {
      if (!wanted.has(block.name)) continue;
      const measured = rowsOf(await measureBlock(block, rounds, say, signal));
      rows.push(...measured.rows);
      notMeasured.push(...measured.failures);
    }

    /** For each of some contenders, one after the other. */
    const each = async <T>(
      contenders: Contender[],
      measure: (contender: Contender) => Promise<T>,
    ): Promise<T[]> => {
      const results: T[] = [];
      for (const one of contenders) {
        const result = await attempt(() => measure(one));
        if (result !== undefined) results.push(result);
      }
      return results;
    };
    const oursOnOne = tiers.map((one) => ours(one, 1));
    const onOne = [...oursOnOne, ...(torch ? [pytorch(torch, 1)] : [])];
    let peaks: Peak[] = [], steps: StepProfile[] = [], memory: Memory[] = [];
    if (wanted.has("operations")) {
      say("operations");
      peaks = await each(onOne, (one) => peakOf(one, signal));
      steps = await each(oursOnOne, (one) => stepOf(one, peaks, signal));
    }
    if (wanted.has("memory")) {
      say("memory");
      const layout = rows.find(({ variant }) => variant)?.variant ?? layouts[0];
      memory = [
        ...await each(onOne, (one) => memoryOf(one, layout, signal)),
        ...await each(
          tiers.slice(-1).flatMap((tier) =>
            threadCounts.map((count) => ours(tier, count))
          ),
          (one) => quickMemoryOf(one, signal),
        ),
      ];
    }
    return { machine, rounds, busy, rows, steps, peaks, memory, notMeasured };
  } finally {
    await other?.end();
  }
}

/** The kernels of ours that these flags of V8 allow, those without them first. */
function tiersOf(flags: string): Field["tiers"] {
  const plain = { tier: "plain", flags: noFlags } as const;
  return flags === noFlags ? [plain] : [plain, { tier: "flags", flags }];
}
