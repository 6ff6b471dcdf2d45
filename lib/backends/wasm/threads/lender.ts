import { type Control, own, requestState } from "./control.ts";

/** The memory of a pool's threads, and its allocator. */
export interface PoolMemory {
  memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  free(address: number): void;
}

/** Lends memory to threads, which may not use the allocator themselves. */
export interface Lender {
  /** Gives threads that ask for it their working memory. */
  answerRequests(): void;
  /** Why a thread has got none since the last call of this, if one has not. */
  takeShortage(): unknown;
  /** Frees all that was lent. */
  freeAll(): void;
}

/** Lends to so many threads, which ask by their words. */
export function createLender(
  { allocate, free }: PoolMemory,
  { words, ownOf }: Control,
  threads: number,
): Lender {
  const lent = new Set<number>();
  let shortage: unknown;

  const lend = (bytes: number) => {
    const address = allocate(bytes);
    lent.add(address);
    return address;
  };
  const release = (address: number) => {
    lent.delete(address);
    free(address);
  };
  const answer = (at: number) => {
    const block = words[at + own.block]! >>> 0;
    if (block) release(block);
    try {
      words[at + own.answer] = lend(words[at + own.bytes]! >>> 0);
      return requestState.answered;
    } catch (error) {
      shortage = error;
      return requestState.refused;
    }
  };

  return {
    answerRequests() {
      for (let thread = 0; thread < threads; thread++) {
        const at = ownOf(thread);
        const request = at + own.request;
        if (Atomics.load(words, request) !== requestState.asked) continue;
        Atomics.store(words, request, answer(at));
        Atomics.notify(words, request);
      }
    },
    takeShortage() {
      const last = shortage;
      shortage = undefined;
      return last;
    },
    freeAll() {
      for (const address of lent) release(address);
    },
  };
}
