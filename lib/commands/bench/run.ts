import { FlagError } from "../option.ts";
import { projectFolder } from "../project.ts";
import { noFlags, v8Flags } from "../v8_flags.ts";
import { type Contender, ours, pytorch, stock } from "./contenders.ts";
import type {
  BenchReport,
  Memory,
  Peak,
  Row,
  Scaling,
  StepProfile,
} from "./contract.ts";
import { memoryOf, peakOf, stepOf } from "./details.ts";
import { describeMachine, otherMachines } from "./machine.ts";
import { measureBlock } from "./measure.ts";
import { blockNames, type Field, layouts, planBlocks } from "./plan.ts";
import { preparePyTorch, type PyTorch } from "./pytorch_environment.ts";
import { rowsOf } from "./rows.ts";
import { measureScaling } from "./scaling.ts";

/** What can be measured by itself. */
export const parts = [
  ...blockNames,
  "operations",
  "memory",
  "scaling",
] as const;
export type Part = typeof parts[number];

/** What to measure. */
export interface Settings {
  peers: boolean;
  rounds: number;
  wanted: ReadonlySet<Part>;
}

/**
 * The parts that are meant by names, or all where there are none.
 *
 * @throws {FlagError} If a name means none.
 */
export function selectParts(names: readonly string[]): Set<Part> {
  return new Set(
    names.length === 0 ? parts : names.map((name) => {
      const part = parts.find((part) => part === name);
      if (part) return part;
      throw new FlagError(
        `Cannot read ${name}: expected one of ${parts.join(", ")}`,
      );
    }),
  );
}

/** Who is measured with these flags, that PyTorch if there is one, and tfjs or not. */
function fieldOf(
  flags: string,
  torch: PyTorch | undefined,
  peers: boolean,
): Field {
  const threads = torch ? [...new Set([1, torch.threads])] : [];
  return {
    ours: [
      ours("plain", noFlags),
      ...(flags === noFlags ? [] : [ours("flags", flags)]),
    ],
    pytorch: threads.map((count) => pytorch(torch!, count)),
    stock: peers ? { cpu: stock("cpu"), wasm: stock("wasm") } : undefined,
    cores: navigator.hardwareConcurrency,
  };
}

/**
 * Measures everything, one thing at a time. What cannot be measured is left out
 * and named in the report.
 *
 * @param say Told what goes on.
 * @param signal Ends the processes that are measured.
 */
export async function measureAll(
  { peers, rounds, wanted }: Settings,
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

  const torch = peers
    ? await attempt(() =>
      preparePyTorch(`${projectFolder}/.cache/pytorch`, say)
    )
    : undefined;
  const machine = describeMachine(torch?.version);
  const flags = await v8Flags();
  if (flags === noFlags) {
    notMeasured.push(
      "V8's flags for wider vectors: Deno does not start with them.",
    );
  }
  const field = fieldOf(flags, torch, peers);

  const rows: Row[] = [];
  for (const block of planBlocks(field)) {
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
  const oneThread = [...field.ours, ...field.pytorch.slice(0, 1)];
  let peaks: Peak[] = [], steps: StepProfile[] = [], memory: Memory[] = [];
  if (wanted.has("operations")) {
    say("operations");
    peaks = await each(oneThread, (one) => peakOf(one, signal));
    steps = await each(field.ours, (one) => stepOf(one, peaks, signal));
  }
  if (wanted.has("memory")) {
    say("memory");
    const layout = rows.find(({ variant }) => variant)?.variant ?? layouts[0];
    memory = await each(oneThread, (one) => memoryOf(one, layout, signal));
  }
  let scaling: Scaling[] = [];
  if (wanted.has("scaling")) {
    say("scaling");
    const [fastest] = field.ours.slice(-1);
    scaling = await each(
      [fastest!],
      (one) => measureScaling(one, rounds, signal),
    );
  }
  return { machine, rounds, rows, steps, peaks, memory, scaling, notMeasured };
}
