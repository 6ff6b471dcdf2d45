/**
 * A batch that is divided among threads. Kernels that need sums over the batch have
 * those of their own part; here they get those of all parts. And work that
 * needs nothing of the other threads can be done by any of them.
 *
 * @module
 */
import type { TensorInfo } from "@tensorflow/tfjs";

/** What a thread has of the others that work on the same batch. */
export interface Colleagues {
  gather: Gather;
  /**
   * Does errands; threads that have none left help the others. It ends when all
   * threads have done theirs, and every thread must call it equally often.
   */
  doTogether(errands: readonly Errand[]): void;
}

/**
 * Gives this thread's values to the others. Every thread must give equally often,
 * and as many values.
 */
export type Gather = (values: Float64Array) => Gathered;

/** What all threads give at one time. */
export interface Gathered {
  /** Whether all have given theirs; until then, something else can be done. */
  isComplete(): boolean;
  /** Waits for that; the values of all threads, in an order that never changes. */
  take(): Float64Array[];
}

/** A call of a kernel of the present backend; all tensors hold float32. */
export interface KernelCall {
  kernel: string;
  inputs: Record<string, TensorInfo>;
  attributes: object;
  outputShapes: readonly number[][];
}

/** A call of a kernel that nothing waits for. */
export interface Errand {
  call: KernelCall;
  /** Makes the call, here. */
  run(): void;
  /** Takes the outputs of another thread that made it; they soon change. */
  accept(outputs: Float32Array[]): void;
}

/** A batch in one piece has none. */
let present: Colleagues | undefined;

/** Those who work on the present batch, where it is divided among threads. */
export function colleagues(): Colleagues | undefined {
  return present;
}

/**
 * Does something with a batch that is divided.
 *
 * @example Two threads, of which the other one always says 3
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const other = {
 *   gather: (values: Float64Array) => ({
 *     isComplete: () => true,
 *     take: () => [values, Float64Array.of(3)],
 *   }),
 *   doTogether: (errands: readonly Errand[]) => errands.forEach(({ run }) => run()),
 * };
 * withColleagues(other, () => {
 *   const gathered = colleagues()!.gather(Float64Array.of(1)).take();
 *   assert.deepEqual(gathered.map(([value]) => value), [1, 3]);
 * });
 * assert.equal(colleagues(), undefined);
 * ```
 */
export function withColleagues<T>(
  others: Colleagues | undefined,
  work: () => T,
): T {
  const before = present;
  present = others;
  try {
    return work();
  } finally {
    present = before;
  }
}

/** Does something with a batch in one piece, whatever surrounds it. */
export function withoutColleagues<T>(work: () => T): T {
  return withColleagues(undefined, work);
}
