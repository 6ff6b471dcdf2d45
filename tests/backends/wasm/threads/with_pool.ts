import {
  type Pool,
  startPool,
} from "../../../../lib/backends/wasm/threads/pool.ts";
import { assertEquals } from "../../../assert.ts";
import { type CountedMemory, createCountedMemory } from "./counted_memory.ts";
import { meet, type Program, programs } from "./test_tasks.ts";

/** What a test works with. */
export interface Subject {
  pool: Pool;
  memory: CountedMemory;
}

/** How a pool for a test is started. */
export interface SubjectOptions {
  /** Of the helpers (default "plain"). */
  program?: Program;
  /** Default 1. */
  helpers?: number;
  /** Milliseconds (default 60,000: helpers have all the time they need). */
  patience?: number;
}

/** The program of helping threads. */
export const helper: URL = new URL("./helper.ts", import.meta.url);

/** Starts a pool in a memory of its own. */
export function startSubject(
  { program = "plain", helpers = 1, patience = 60_000 }: SubjectOptions = {},
): Subject {
  const memory = createCountedMemory();
  memory.kernels.integers()[0] = programs.indexOf(program);
  return {
    memory,
    pool: startPool(memory, memory.kernels, {
      helpers,
      patience,
      program: helper,
    }),
  };
}

/** Runs a test on a pool, which has to leave nothing behind at its end. */
export function withPool(
  options: SubjectOptions,
  test: (subject: Subject) => void,
): void {
  const subject = startSubject(options);
  const { pool, memory } = subject;
  try {
    test(subject);
  } finally {
    pool.end();
  }
  assertEquals(memory.blocks(), 0);
  memory.check();
}

/** Waits until a helper is there: from then on it takes part. */
export function awaitHelper({ pool, memory }: Subject): void {
  const words = memory.zeros(2);
  pool.parallel(meet, { words }, 2);
  assertEquals(memory.words(words, 2), [2, 2]);
}

/** The message of what is thrown. */
export function messageOf(run: () => void): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("expected an error, got none");
}
