import { type Control, own, pause, requestState, tellNews } from "./control.ts";

/** Milliseconds between two looks of one that waits for working memory. */
const patience = 1;

/** What another thread has added to a memory comes into sight a little later. */
export function waitForMemory(memory: WebAssembly.Memory, bytes: number): void {
  while (memory.buffer.byteLength < bytes) pause();
}

/**
 * Gets working memory from the thread that may use the allocator: see the lender.
 *
 * @param block What is given back for it, by its address; 0 for nothing.
 * @returns The address of the new one.
 * @throws {RangeError} If there is no room.
 */
export function borrowMemory(
  control: Control,
  thread: number,
  block: number,
  bytes: number,
): number {
  const { words } = control;
  const at = control.ownOf(thread);
  words[at + own.block] = block;
  // More than a word can say is more than there is, in any case.
  words[at + own.bytes] = Math.min(bytes, 2 ** 32 - 1);
  Atomics.store(words, at + own.request, requestState.asked);
  tellNews(control);
  for (;;) {
    const state = Atomics.load(words, at + own.request);
    if (state !== requestState.asked) {
      Atomics.store(words, at + own.request, requestState.none);
      if (state === requestState.answered) {
        return words[at + own.answer]! >>> 0;
      }
      throw new RangeError(
        `Cannot allocate ${bytes} bytes: expected room for a thread's working memory, got none`,
      );
    }
    Atomics.wait(words, at + own.request, state, patience);
  }
}
