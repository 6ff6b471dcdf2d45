import { isShared } from "../asm/memory.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { PoolMemory } from "./lender.ts";
import { type Pool, startPool } from "./pool.ts";
import { type Parallel, runAlone } from "./task.ts";
import { mostThreads } from "./most_threads.ts";

/** The threads of a backend: the one that tfjs runs in, and those that help it. */
export interface Threads {
  /** Does the pieces of a task, on all of them. */
  parallel: Parallel;
  /** How many there are. */
  count(): number;
  /** Says how many there shall be; they start when there is work for them. */
  use(threads: number): void;
}

/**
 * Makes the threads of a backend: one for each core, or 1 where its memory is not
 * one that threads share.
 */
export function createThreads(
  memory: PoolMemory,
  kernels: ThreadKernels,
): Threads {
  const alone = runAlone(kernels);
  let count = isShared(memory.memory) ? mostThreads() : 1;
  let pool: Pool | undefined;
  return {
    parallel(task, operands, pieces) {
      if (count > 1 && pieces > 1) {
        pool ??= startPool(memory, kernels, { helpers: count - 1 });
      }
      (pool?.parallel ?? alone)(task, operands, pieces);
    },
    count: () => count,
    use(threads) {
      if (threads === count) return;
      count = threads;
      pool?.end();
      pool = undefined;
    },
  };
}
