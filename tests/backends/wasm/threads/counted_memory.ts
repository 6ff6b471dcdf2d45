import {
  createThreadKernels,
  type ThreadKernels,
} from "../../../../lib/backends/wasm/linking/thread_kernels.ts";
import type { PoolMemory } from "../../../../lib/backends/wasm/threads/lender.ts";
import { plainTier } from "../../../../lib/backends/wasm/linking/tier.ts";
import { assert } from "../../../assert.ts";

/** A memory whose allocator counts, and notices writes to what was freed. */
export interface CountedMemory extends PoolMemory {
  /** Of the thread that made it; their memory is not counted. */
  kernels: ThreadKernels;
  /** So many words of 0, for results. */
  zeros(count: number): number;
  /** So many words at an address. */
  words(address: number, count: number): number[];
  /** Blocks that the pool has. */
  blocks(): number;
  /** Bytes that may still be allocated; at first without limit. */
  room: number;
  /** Fails if a freed block was written to, or one was freed twice. */
  check(): void;
}

const freedByte = 0xa5;

/** No address is given twice, so what was freed keeps its mark. */
export function createCountedMemory(): CountedMemory {
  const memory = new WebAssembly.Memory({
    initial: 16,
    maximum: 65536,
    shared: true,
  });
  const [held, freed] = [new Map<number, number>(), new Map<number, number>()];
  let [end, wrong] = [1024, ""];
  const bytesOf = (address: number, bytes: number) =>
    new Uint8Array(memory.buffer, address, bytes);
  const take = (bytes: number) => {
    const address = end;
    end = Math.ceil((address + bytes) / 16) * 16;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    return address;
  };
  const counted: CountedMemory = {
    memory,
    room: Infinity,
    allocate(bytes) {
      if (bytes > counted.room) throw new RangeError(`no room for ${bytes}`);
      counted.room -= bytes;
      const address = take(bytes);
      held.set(address, bytes);
      return address;
    },
    free(address) {
      const bytes = held.get(address);
      if (bytes === undefined) {
        return void (wrong ||= `${address} was not held`);
      }
      held.delete(address);
      freed.set(address, bytes);
      bytesOf(address, bytes).fill(freedByte);
    },
    zeros: (count) => take(4 * count),
    words: (
      address,
      count,
    ) => [...new Int32Array(memory.buffer, address, count)],
    blocks: () => held.size,
    check() {
      for (const [address, bytes] of freed) {
        const isWhole = bytesOf(address, bytes).every((b) => b === freedByte);
        if (!isWhole) wrong ||= `${bytes} bytes were written to after free`;
      }
      assert(!wrong, wrong);
    },
    kernels: undefined as unknown as ThreadKernels,
  };
  counted.kernels = createThreadKernels({
    memory,
    renew: (_, bytes) => take(bytes),
  }, plainTier);
  return counted;
}
