import type { FixedBlock } from "../asm/code.ts";
import { linkFunctions, type RunFunction } from "./linker.ts";
import type { ScratchSlot } from "./scratch.ts";
import type { KernelTier } from "./tier.ts";

/** The functions for one thread, and its working memory. */
export interface ThreadKernels {
  /** Which form of the functions runs. */
  tier: KernelTier;
  /**
   * Runs a function. At its first use it is linked, which may allocate memory.
   *
   * @throws {RangeError} If tfjs's memory is exhausted then.
   */
  run: RunFunction;
  /**
   * The address of at least `bytes` bytes of working memory, which no other thread
   * uses. It keeps its place and content until more is asked for.
   *
   * @param number Which of several blocks of the slot (default the first, 0).
   * @throws {RangeError} If tfjs's memory is exhausted.
   */
  scratch(slot: ScratchSlot, bytes: number, number?: number): number;
  /** The whole memory as floats; stale once anything is allocated. */
  floats(): Float32Array;
  /** The whole memory as addresses; stale once anything is allocated. */
  integers(): Int32Array;
  /** The whole memory as float64; stale once anything is allocated. */
  doubles(): Float64Array;
}

/** The memory that a thread works in. */
export interface ThreadMemory {
  memory: WebAssembly.Memory;
  /**
   * Frees a block, if there is one, and takes another one of at least so many bytes.
   *
   * @param block Its address, or 0.
   */
  renew(block: number, bytes: number): number;
}

/** A line of the cache: blocks begin at a multiple of it. */
const alignment = 64;
const aligned = (address: number): number =>
  Math.ceil(address / alignment) * alignment;

/** Makes the functions and the working memory of a thread. */
export function createThreadKernels(
  { memory, renew }: ThreadMemory,
  tier: KernelTier,
): ThreadKernels {
  const slots = new Map<
    ScratchSlot | FixedBlock,
    { address: number; bytes: number }[]
  >();
  const take = (
    slot: ScratchSlot | FixedBlock,
    bytes: number,
    number = 0,
  ): number => {
    let blocks = slots.get(slot);
    if (!blocks) slots.set(slot, blocks = []);
    const held = blocks[number];
    if (held && held.bytes >= bytes) return aligned(held.address);
    delete blocks[number];
    const address = renew(held?.address ?? 0, bytes + alignment);
    blocks[number] = { address, bytes };
    return aligned(address);
  };
  const run = linkFunctions(memory, {
    vectorRegisters: tier.vectorRegisters,
    // Never more is asked for, so it keeps its place.
    addressOf: (block) => take(block, block.fixedBytes),
  });
  return {
    tier,
    run,
    scratch: take,
    floats: viewOf(memory, Float32Array),
    integers: viewOf(memory, Int32Array),
    doubles: viewOf(memory, Float64Array),
  };
}

/** The whole memory as numbers, also after it has grown. */
function viewOf<View extends { buffer: ArrayBufferLike }>(
  memory: WebAssembly.Memory,
  Numbers: new (buffer: ArrayBuffer) => View,
): () => View {
  let view = new Numbers(memory.buffer);
  return () =>
    view.buffer === memory.buffer ? view : view = new Numbers(memory.buffer);
}
