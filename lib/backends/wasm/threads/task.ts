import type { ThreadKernels } from "../linking/thread_kernels.ts";

/**
 * Work that is cut into pieces, which any thread can do in any order: no piece
 * writes what another one reads or writes.
 *
 * Operands are plain data, as they travel as JSON: addresses, sizes and lists of
 * them. A piece's result must not depend on which thread does it, or how many there
 * are: so the pieces follow from the operands alone.
 */
export interface Task<Operands> {
  /** Tells tasks apart. */
  name: string;
  /** Does a piece; those are counted from 0. */
  run(kernels: ThreadKernels, operands: Operands, piece: number): void;
}

/** Does all pieces of a task, on the threads that there are. */
export type Parallel = <Operands>(
  task: Task<Operands>,
  operands: Operands,
  pieces: number,
) => void;

/** A thread's kernels, with others that help. */
export interface ParallelKernels extends ThreadKernels {
  /** Does the pieces of a task, on all threads. */
  parallel: Parallel;
}

/** Does them one after the other, on this thread. */
export function runAlone(kernels: ThreadKernels): Parallel {
  return (task, operands, pieces) => {
    for (let piece = 0; piece < pieces; piece++) {
      task.run(kernels, operands, piece);
    }
  };
}
