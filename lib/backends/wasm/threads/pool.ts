import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { pageBytes } from "../asm/memory.ts";
import { createControl, own, textRoom, word } from "./control.ts";
import { createLender, type PoolMemory } from "./lender.ts";
import { createLookout } from "./lookout.ts";
import { createNap } from "./nap.ts";
import {
  type RunningThread,
  startWorker,
  workerProgram,
} from "./start_worker.ts";
import { type Parallel, runAlone, type Task } from "./task.ts";

/** Threads that help with the pieces of tasks. */
export interface Pool {
  parallel: Parallel;
  /** Ends the threads and frees their memory. */
  end(): void;
}

/** How a pool is started. */
export interface PoolOptions {
  /** How many threads there are besides the one that calls. */
  helpers: number;
  /** What they run, see `serve`. */
  program?: URL;
  /** Milliseconds of rest in a piece after which its thread counts as dead. */
  patience?: number;
}

/** Looks so often, for some 200 microseconds, before it sleeps. */
const looks = 4000;
/** Milliseconds of a sleep, after which it looks for requests in any case. */
const nap = 1;
/** Milliseconds that threads have to end. */
const farewell = 2000;

/**
 * Starts threads. They help as soon as they run; until then, and where they are
 * slow, the thread that calls does more. No call waits for their start.
 *
 * @param kernels Of the thread that calls.
 * @throws {Error} If a thread may not be started.
 */
export function startPool(
  shared: PoolMemory,
  kernels: ThreadKernels,
  { helpers, program = workerProgram(), patience = 30_000 }: PoolOptions,
): Pool {
  const { memory } = shared;
  const control = createControl(helpers);
  const { words } = control;
  const lender = createLender(shared, control, helpers);
  const threads: RunningThread[] = [];
  const alone = runAlone(kernels);
  /** The name of the task that is open. */
  let opened: string | undefined;
  let isEnded = false;

  const lookout = createLookout(looks);
  const rest = createNap();
  /** Whether it came true before nothing happened for as long as it may. */
  const waitUntil = (isTrue: () => boolean, most: number): boolean => {
    let seen = Atomics.load(words, word.news);
    const hasCome = () => {
      // A piece that waits for working memory does not end before it has some.
      lender.answerRequests();
      return isTrue();
    };
    for (let naps = 0; !lookout(hasCome); naps++) {
      const news = Atomics.load(words, word.news);
      if (news !== seen) [seen, naps] = [news, 0];
      else if (naps * nap > most) return false;
      rest(words, word.news, seen, nap);
    }
    return true;
  };

  /** Lets threads leave, also those that sleep. */
  const dismiss = () => {
    isEnded = true;
    Atomics.store(words, word.open, -1);
    Atomics.notify(words, word.open);
  };
  const terminate = () => {
    for (const thread of threads) thread.terminate();
  };

  const isOpen = () => Atomics.load(words, word.open) % 2 === 1;
  const turn = () => {
    // Numbers begin anew before they would be negative.
    const next = (Atomics.load(words, word.open) + 1) & 0x7fffffff;
    Atomics.store(words, word.open, next);
  };

  // All is written before the number turns odd, as threads then read it at once. None
  // still reads the last task's, since `close` has waited until all had left that.
  const open = (task: string, text: Uint8Array, pieces: number) => {
    lender.takeShortage();
    control.text.set(text);
    words[word.textBytes] = text.length;
    words[word.pieces] = pieces;
    words[word.pages] = memory.buffer.byteLength / pageBytes;
    words[word.failed] = 0;
    Atomics.store(words, word.next, 0);
    opened = task;
    turn();
    Atomics.notify(words, word.open);
  };

  /**
   * Waits for the pieces that other threads have begun; nobody takes more.
   *
   * The number turns even before `inside` is read, and a thread counts itself in
   * before it reads the number again. So of a thread that comes at the last moment
   * either this one sees the count, or that one sees that the task is closed. The
   * other way round, it could work on while the caller frees the operands' memory.
   */
  const close = () => {
    Atomics.store(words, word.next, words[word.pieces]!);
    if (isOpen()) turn();
    const isDone = () => Atomics.load(words, word.inside) === 0;
    if (!waitUntil(isDone, patience)) {
      dismiss();
      terminate();
      throw new Error(
        `Cannot go on with ${opened}: expected all threads to do their pieces, got none of a thread that seems to have ended`,
      );
    }
    opened = undefined;
  };

  const throwError = (task: string) => {
    const [cause, length] = [lender.takeShortage(), words[word.errorBytes]!];
    if (cause) throw cause;
    const message = new TextDecoder().decode(control.error.slice(0, length));
    throw new Error(`Cannot run ${task} on several threads: ${message}`);
  };

  const parallel: Parallel = (task, operands, pieces) => {
    // Who stops a cell of a notebook leaves a task open.
    if (opened !== undefined && !isEnded) close();
    const text = pieces > 1 && !isEnded && textOf(task, operands);
    if (!text) return alone(task, operands, pieces);
    open(task.name, text, pieces);
    try {
      for (;;) {
        const piece = Atomics.add(words, word.next, 1);
        if (piece >= pieces) break;
        task.run(kernels, operands, piece);
        lender.answerRequests();
      }
    } finally {
      // Also after an error of a piece: the caller frees what others still write to.
      close();
    }
    if (words[word.failed] !== 0) throwError(task.name);
  };

  const end = () => {
    if (isEnded) return;
    Atomics.store(words, word.next, words[word.pieces]!);
    dismiss();
    // Those that begin later see at once that it has ended.
    const serves = (_: unknown, thread: number) =>
      Atomics.load(words, control.ownOf(thread) + own.serves) === 1;
    const haveLeft = () => !threads.some(serves);
    // What a thread may still touch is not freed.
    if (waitUntil(haveLeft, farewell)) lender.freeAll();
    terminate();
  };

  try {
    for (let thread = 0; thread < helpers; thread++) {
      threads.push(startWorker(program, {
        memory,
        control: control.buffer,
        thread,
        tier: kernels.tier,
      }));
    }
  } catch (error) {
    end();
    throw error;
  }
  return { parallel, end };
}

/** A task's name and operands, where there is room for them. */
function textOf<O>({ name }: Task<O>, operands: O): Uint8Array | undefined {
  const text = new TextEncoder().encode(JSON.stringify({ name, operands }));
  return text.length <= textRoom ? text : undefined;
}
