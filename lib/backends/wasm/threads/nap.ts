import { pause } from "./control.ts";

/** Waits until a word is another one, or some milliseconds are over. */
export type Nap = (
  words: Int32Array,
  at: number,
  value: number,
  milliseconds: number,
) => void;

/** Sleeps, or looks all the time on a page's main thread, which must not sleep. */
export const createNap = (): Nap => maySleep() ? Atomics.wait : lookOn;

function maySleep(): boolean {
  try {
    // Another value is there, so that it returns at once.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
}

const lookOn: Nap = (words, at, value, milliseconds) => {
  const end = performance.now() + milliseconds;
  while (Atomics.load(words, at) === value && performance.now() < end) pause();
};
