import type { KernelTier } from "./tier.ts";

/** The assembled functions for one thread, and its working memory. */
export interface ThreadKernels {
  /** Which form of the functions runs. */
  tier: KernelTier;
  /** The module's functions by name; all arguments are i32. */
  call: Record<string, (...operands: number[]) => void>;
  /**
   * The address of at least `bytes` bytes of working memory under a name, which no
   * other thread uses. It keeps its place and content until the same name is asked
   * for more.
   *
   * @throws {RangeError} If tfjs's memory is exhausted.
   */
  scratch(name: string, bytes: number): number;
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

const alignment = 64;

/** The next address that is a multiple of 64, where a line of the cache begins. */
export const aligned = (address: number): number =>
  Math.ceil(address / alignment) * alignment;

/** How many bytes more than it needs a block must have to be aligned. */
export const alignmentRoom = alignment;

/**
 * Makes the functions of a module for a thread.
 *
 * @param bytes Of the module, with an arena that no other thread uses.
 */
export function bindKernels(
  bytes: Uint8Array<ArrayBuffer>,
  { memory, renew }: ThreadMemory,
  tier: KernelTier,
): ThreadKernels {
  const module = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const blocks = new Map<string, { address: number; bytes: number }>();
  return {
    tier,
    call: exports as ThreadKernels["call"],
    scratch(name, bytes) {
      const held = blocks.get(name);
      if (held && held.bytes >= bytes) return aligned(held.address);
      blocks.delete(name);
      const address = renew(held?.address ?? 0, bytes + alignmentRoom);
      blocks.set(name, { address, bytes });
      return aligned(address);
    },
    floats: viewOf(memory, Float32Array),
    integers: viewOf(memory, Int32Array),
    doubles: viewOf(memory, Float64Array),
  };
}

/** Whether threads can share a memory. */
export function isShared({ buffer }: WebAssembly.Memory): boolean {
  return typeof SharedArrayBuffer !== "undefined" &&
    (buffer as ArrayBufferLike) instanceof SharedArrayBuffer;
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
