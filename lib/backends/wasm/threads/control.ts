/**
 * What the threads of a pool tell each other: words in a memory of their own.
 * A task is open while `open` is odd. Whoever sees that counts itself in, takes one
 * piece after the other by counting `next` up, and counts itself out.
 *
 * @module
 */

/** Words of a line of the cache: what threads write must not share one. */
const line = 16;

/** Where the words are, counted from the first. */
export const word = {
  /**
   * Odd while a task can be worked on; each has another number. Below 0 once the
   * pool has ended.
   */
  open: 0,
  /** Of the present task. */
  pieces: 1,
  textBytes: 2,
  /** The least size of the memory that a thread must see, in pages. */
  pages: 3,
  /** The next piece that nobody has taken. */
  next: line,
  /** Threads that work on the present task, besides the one that opened it. */
  inside: 2 * line,
  /** Counts what that one may wait for. */
  news: 3 * line,
  /** 0, or 1 + the number of the thread whose piece ended with an error. */
  failed: 4 * line,
  errorBytes: 4 * line + 1,
  /** The first thread's own words; each has a line. */
  threads: 5 * line,
} as const;

/** A thread's own words, counted from its first. */
export const own = {
  /** 1 while it works for the pool: before and after, it does not touch the memory. */
  serves: 0,
  /** How far its request for working memory is, see {@linkcode requestState}. */
  request: 1,
  /** The block that it gives back, or 0. */
  block: 2,
  bytes: 3,
  /** The block that it gets. */
  answer: 4,
} as const;

/** How far a request for working memory is. */
export const requestState = { none: 0, asked: 1, answered: 2, refused: 3 };

/** Bytes for a task's name and operands, and for an error's message. */
export const [textRoom, errorRoom] = [1 << 16, 1 << 12];

/** The words and texts of a pool, as one thread sees them. */
export interface Control {
  buffer: SharedArrayBuffer;
  words: Int32Array;
  /** A task's name and operands. */
  text: Uint8Array;
  error: Uint8Array;
  /** Where a thread's own words begin. */
  ownOf(thread: number): number;
}

/** Words and texts for so many threads, all 0. */
export const createControl = (threads: number): Control =>
  controlIn(
    new SharedArrayBuffer(
      4 * (word.threads + threads * line) + textRoom + errorRoom,
    ),
  );

/** The words and texts in a buffer that was made for them. */
export function controlIn(buffer: SharedArrayBuffer): Control {
  const text = buffer.byteLength - textRoom - errorRoom;
  return {
    buffer,
    words: new Int32Array(buffer, 0, text / 4),
    text: new Uint8Array(buffer, text, textRoom),
    error: new Uint8Array(buffer, text + textRoom, errorRoom),
    ownOf: (thread) => word.threads + thread * line,
  };
}

/** Says that there is something to look at for the thread that opened a task. */
export function tellNews({ words }: Control): void {
  Atomics.add(words, word.news, 1);
  Atomics.notify(words, word.news);
}

/** Tells the processor that this is a loop that waits, where the engine can. */
export const pause: () => void = (Atomics as { pause?: () => void }).pause ??
  (() => {});
