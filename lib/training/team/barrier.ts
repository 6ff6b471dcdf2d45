/**
 * How the threads of a team wait for each other: each counts in shared memory how
 * often it has come to a point where others may wait for it.
 *
 * @module
 */

/** A count for each thread, each in a cache line of its own; zeros at first. */
export type Counts = Int32Array<SharedArrayBuffer>;

const countsApart = 16;
/** More than any thread comes to: the count of one that never comes again. */
const broken = 2 ** 30;

/**
 * Looks so often, for about a millisecond, before it sleeps. Threads that do equal
 * work arrive soon after each other, and waking a thread costs more than that: a
 * tenth of the step, measured. Where there are more threads than cores, looking
 * only keeps the others away.
 */
const looks = 200_000;
const cores = navigator.hardwareConcurrency;

/** Said by a thread that waits for one that has failed. */
export class BrokenBarrier extends Error {
  constructor() {
    super(
      "Cannot go on: expected all threads of the team, got one that failed",
    );
  }
}

/** Allocates the counts of a team. */
export function allocateCounts(size: number): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * countsApart * size);
}

/**
 * Says that a thread has come, with whatever it has written before.
 *
 * @returns How often it has come by now.
 * @throws {BrokenBarrier} Once {@linkcode breakBarrier} was called.
 */
export function come(counts: Counts, rank: number): number {
  const at = rank * countsApart;
  const times = Atomics.add(counts, at, 1) + 1;
  if (times > broken) throw new BrokenBarrier();
  Atomics.notify(counts, at);
  return times;
}

/**
 * Whether all threads have come so often, so that {@linkcode waitForAll} does not
 * wait.
 */
export function haveAllCome(counts: Counts, times: number): boolean {
  for (let at = 0; at < counts.length; at += countsApart) {
    if (Atomics.load(counts, at) < times) return false;
  }
  return true;
}

/**
 * Waits until all threads have come so often; what they wrote before can be read
 * then.
 *
 * @throws {BrokenBarrier} Once {@linkcode breakBarrier} was called.
 */
export function waitForAll(counts: Counts, times: number): void {
  if (counts.length / countsApart <= cores) {
    for (let i = 0; i < looks && !haveAllCome(counts, times); i++);
  }
  for (let at = 0; at < counts.length; at += countsApart) {
    let count;
    while ((count = Atomics.load(counts, at)) < times) {
      Atomics.wait(counts, at, count);
    }
  }
  throwIfBroken(counts);
}

/** @throws {BrokenBarrier} Once {@linkcode breakBarrier} was called. */
export function throwIfBroken(counts: Counts): void {
  if (Atomics.load(counts, 0) >= broken) throw new BrokenBarrier();
}

/** Lets all who wait, and all who will, fail: one of them will never come. */
export function breakBarrier(counts: Counts): void {
  for (let at = 0; at < counts.length; at += countsApart) {
    Atomics.store(counts, at, broken);
    Atomics.notify(counts, at);
  }
}
