import type { Tier } from "./report/contract.ts";
import type { BenchPart } from "./suites/parts.ts";

/** What to measure. */
export interface BenchSettings {
  peers: boolean;
  /** A Python that has PyTorch; without it, one is made. */
  python?: string | undefined;
  /** The only tier of ours, if not both. */
  tier?: Tier | undefined;
  /** Whether another process computes without end beside everything. */
  busy: boolean;
  rounds: number;
  wanted: ReadonlySet<BenchPart>;
}

/** What all parts of a bench need. */
export interface Bench extends BenchSettings {
  say: (line: string) => void;
  signal: AbortSignal;
  /** What could not be measured, and why. */
  notMeasured: string[];
}

/** What comes of some things, one after the other; failures are noted and left out. */
export async function attemptAll<From, To>(
  items: readonly From[],
  work: (item: From) => Promise<To>,
  { say, notMeasured }: Bench,
): Promise<To[]> {
  const results: To[] = [];
  for (const item of items) {
    try {
      results.push(await work(item));
    } catch (error) {
      notMeasured.push((error as Error).message);
      say((error as Error).message);
    }
  }
  return results;
}
