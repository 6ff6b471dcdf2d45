import {
  createThreadKernels,
  type ThreadKernels,
} from "../linking/thread_kernels.ts";
import { pageBytes } from "../asm/memory.ts";
import type { KernelTier } from "../linking/tier.ts";
import { type Control, controlIn, own, tellNews, word } from "./control.ts";
import { borrowMemory, waitForMemory } from "./borrower.ts";
import { createLookout } from "./lookout.ts";
import type { Task } from "./task.ts";

/** What a thread of a pool is told at its start. */
export interface Start {
  memory: WebAssembly.Memory;
  /** The pool's words. */
  control: SharedArrayBuffer;
  /** Which of its threads it is, from 0. */
  thread: number;
  tier: KernelTier;
}

/** The tasks that a thread can help with, by name. */
export type KnownTasks = ReadonlyMap<string, Task<never>>;

/** Runs a piece: at once, or as a test wants it. */
export type Around = (run: () => void) => void;

/** Looks so often for a task, for about a millisecond, before it sleeps. */
const looks = 20_000;
/**
 * Milliseconds of a sleep, after which a turn of the event loop is due: in it this
 * thread ends if the one that started it has. Nothing ends a thread in its sleep.
 */
const sleep = 1000;

/** Serves a pool until it ends. */
export async function serve(
  start: Start,
  known: KnownTasks,
  around: Around = (run) => run(),
): Promise<void> {
  const control = controlIn(start.control);
  const { words } = control;
  const serves = control.ownOf(start.thread) + own.serves;
  Atomics.store(words, serves, 1);
  try {
    await doTasks(start, control, known, around);
  } finally {
    Atomics.store(words, serves, 0);
    tellNews(control);
  }
}

async function doTasks(
  { memory, thread, tier }: Start,
  control: Control,
  known: KnownTasks,
  around: Around,
): Promise<void> {
  const { words } = control;
  const kernels = createThreadKernels({
    memory,
    renew(block, bytes) {
      const address = borrowMemory(control, thread, block, bytes);
      waitForMemory(memory, address + bytes);
      return address;
    },
  }, tier);
  const lookout = createLookout(looks);
  let done = 0;
  for (;;) {
    const open = waitForTask(words, done, lookout);
    if (open === undefined) {
      await new Promise((resolve) => setTimeout(resolve));
      continue;
    }
    if (open < 0) break;
    done = open;
    Atomics.add(words, word.inside, 1);
    // It may have been closed before this thread was counted: see the pool's `close`.
    if (Atomics.load(words, word.open) === open) {
      try {
        help(control, kernels, memory, known, around);
      } catch (error) {
        report(control, thread, error);
      }
    }
    // In this order: the thread that the news wakes looks at the count.
    Atomics.sub(words, word.inside, 1);
    tellNews(control);
  }
}

/**
 * The number of a task that is open and not the last one, or below 0 at the end, or
 * nothing after a sleep.
 */
function waitForTask(
  words: Int32Array,
  last: number,
  lookout: (hasCome: () => boolean) => boolean,
): number | undefined {
  let open = 0;
  const hasCome = () => {
    open = Atomics.load(words, word.open);
    return open < 0 || (open % 2 === 1 && open !== last);
  };
  while (!lookout(hasCome)) {
    if (Atomics.wait(words, word.open, open, sleep) === "timed-out") return;
  }
  return open;
}

function help(
  { words, text }: Control,
  kernels: ThreadKernels,
  memory: WebAssembly.Memory,
  known: KnownTasks,
  around: Around,
): void {
  waitForMemory(memory, Atomics.load(words, word.pages) * pageBytes);
  const pieces = Atomics.load(words, word.pieces);
  let piece = Atomics.add(words, word.next, 1);
  if (piece >= pieces) return;
  // A copy: texts are not read from memory that threads share.
  const length = Atomics.load(words, word.textBytes);
  const { name, operands } = JSON.parse(
    new TextDecoder().decode(text.slice(0, length)),
  );
  const task = known.get(name) as Task<unknown> | undefined;
  if (!task) throw new Error(`Cannot help: expected a known task, got ${name}`);
  for (; piece < pieces; piece = Atomics.add(words, word.next, 1)) {
    const run = () => task.run(kernels, operands, piece);
    around(run);
  }
}

/** Lets the task end with an error: the first one, if there are several. */
function report(control: Control, thread: number, error: unknown): void {
  const { words } = control;
  // Nobody takes what is left.
  Atomics.store(words, word.next, Atomics.load(words, word.pieces));
  if (Atomics.compareExchange(words, word.failed, 0, 1 + thread) !== 0) return;
  const message = error instanceof Error ? error.message : String(error);
  const text = new TextEncoder().encode(message).subarray(
    0,
    control.error.length,
  );
  control.error.set(text);
  Atomics.store(words, word.errorBytes, text.length);
}
