/**
 * Tasks that say who did what: those of the helper programs in this folder.
 *
 * @module
 */
import { scratchSlot } from "../../../../lib/backends/wasm/linking/scratch.ts";
import type { Task } from "../../../../lib/backends/wasm/threads/task.ts";

/**
 * What helper.ts can do; the memory's first word tells it by number. Elsewhere than
 * in a test's own memory that is 0.
 */
export const programs = [
  "slow",
  "plain",
  "old",
  "ignorant",
  "absent",
  "broken",
  "dying",
] as const;

/** A program of helper.ts. */
export type Program = typeof programs[number];

const meetingSlot = scratchSlot("meeting");
const testSlot = scratchSlot("test");
const otherSlot = scratchSlot("other");

/** Which thread this is: a helper's program sets it. */
export const here = { isHelper: false };

/** Spins for so many milliseconds. */
export function spin(milliseconds: number): void {
  for (
    const start = performance.now();
    performance.now() - start < milliseconds;
  );
}

/** What {@linkcode countPieces} is told. */
export interface Counted {
  /** The address of a word for each piece, to which 1 is added. */
  counts: number;
  /** The address of a word to which 1 is added for each piece of a helper. */
  helped?: number;
  /** Milliseconds that a piece takes. */
  rest?: number;
  /** Makes the text of the operands long. */
  filler?: string;
}

export const countPieces: Task<Counted> = {
  name: "test: count pieces",
  run(kernels, { counts, helped = 0, rest = 0 }, piece) {
    if (rest) spin(rest);
    const integers = kernels.integers();
    Atomics.add(integers, counts / 4 + piece, 1);
    if (helped && here.isHelper) Atomics.add(integers, helped / 4, 1);
  },
};

/** What {@linkcode meet} is told. */
export interface Meeting {
  /** Where two words of 0 are: how many have come, and how many went well. */
  words: number;
  /** Who fails. */
  fails?: "helper" | "caller";
  /** How much working memory the helper asks for. */
  bytes?: number;
}

/** Two pieces that wait for each other, so that two threads do them. */
export const meet: Task<Meeting> = {
  name: "test: meet",
  run(kernels, { words, fails, bytes }) {
    const [integers, at] = [kernels.integers(), words / 4];
    Atomics.add(integers, at, 1);
    Atomics.notify(integers, at);
    // A helper starts slowly where its types are checked first.
    const deadline = performance.now() + 100_000;
    while (Atomics.load(integers, at) < 2) {
      if (performance.now() > deadline) throw new Error("nobody came");
      Atomics.wait(integers, at, 1, 10);
    }
    const me = here.isHelper ? "helper" : "caller";
    if (me === fails) throw new RangeError(`the ${me} fails – as told`);
    if (here.isHelper && bytes) kernels.scratch(meetingSlot, bytes);
    Atomics.add(integers, at + 1, 1);
  },
};

/**
 * Fills working memory of a size of its own, which others would disturb if they had
 * the same, and adds 1 to a word where it stays as it was.
 */
export const useScratch: Task<{ counts: number; bytes: number[] }> = {
  name: "test: use scratch",
  run(kernels, { counts, bytes }, piece) {
    const words = bytes[piece]! >> 2;
    const at = kernels.scratch(testSlot, 4 * words) / 4;
    const before = kernels.integers().fill(piece + 1, at, at + words);
    spin(0.05);
    for (let word = at; word < at + words; word++) {
      if (before[word] !== piece + 1) return;
    }
    // The block stays, also where another one has grown meanwhile.
    const other = kernels.scratch(otherSlot, 4 * words) / 4;
    const integers = kernels.integers();
    integers[other] = integers[at]!;
    Atomics.add(integers, counts / 4 + piece, integers[other]! - piece);
  },
};

export const testTasks: ReadonlyMap<string, Task<never>> = new Map(
  [countPieces, meet, useScratch].map((task) => [task.name, task]),
);
