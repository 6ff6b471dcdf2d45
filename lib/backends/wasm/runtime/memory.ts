import type { KernelConfig } from "@tensorflow/tfjs";
import { asWasmBackend, type WatchedBackend } from "./tfjs_backend.ts";

/** The account of a backend's memory, in bytes. */
export interface WasmMemory {
  /** What tensors and working memory hold now. */
  used: number;
  /** The most that they have held since somebody last set this. */
  peak: number;
  /** The most that they may hold: 4 GiB, WebAssembly's, if left alone. */
  limit: number;
  /** The tensors that the kernel which is running has made. */
  made?: object[] | undefined;
}

/** How an allocation failed, in bytes. */
export interface Shortage {
  requested: number;
  used: number;
  limit: number;
}

const wholeMemory = 2 ** 32;
const memories = new WeakMap<object, WasmMemory>();
const shortages = new WeakMap<object, Shortage>();

/** How memory ran short, if that is what an error is about. */
export function shortageOf(error: unknown): Shortage | undefined {
  return error instanceof Error ? shortages.get(error) : undefined;
}

/**
 * The account of a backend's memory, which begins with the first call.
 *
 * From then on an allocation that fails throws. tfjs itself does not look, and
 * would write to address 0 or to memory that belongs to others.
 */
export function memoryOf(backend: WatchedBackend): WasmMemory {
  let memory = memories.get(backend);
  if (!memory) memories.set(backend, memory = watch(backend));
  return memory;
}

function watch(backend: WatchedBackend): WasmMemory {
  const { wasm } = backend;
  // Emscripten puts the real functions in place when they are first called.
  wasm._free(wasm._malloc(8));
  const { _malloc, _free } = wasm;
  const memory: WasmMemory = { used: 0, peak: 0, limit: wholeMemory };
  const blocks = new Map<number, number>();
  wasm._malloc = (bytes) => {
    if (bytes >= wholeMemory || memory.used + bytes > memory.limit) {
      throw outOfMemory(bytes, memory);
    }
    const address = _malloc(bytes) >>> 0;
    // Where there is no room, Emscripten's allocator answers 0, or with a block
    // that is too small, at the memory's end.
    if (address === 0 || address + bytes > wasm.asm.memory.buffer.byteLength) {
      _free(address);
      throw outOfMemory(bytes, memory);
    }
    blocks.set(address, bytes);
    memory.used += bytes;
    memory.peak = Math.max(memory.peak, memory.used);
    return address;
  };
  wasm._free = (address) => {
    memory.used -= blocks.get(address) ?? 0;
    blocks.delete(address);
    _free(address);
  };
  const write = backend.write.bind(backend);
  backend.write = (...values) => {
    const dataId = write(...values);
    memory.made?.push(dataId);
    return dataId;
  };
  return memory;
}

function outOfMemory(requested: number, { used, limit }: WasmMemory): Error {
  const error = new RangeError(
    `Cannot allocate ${requested} bytes: expected room in the ${limit} bytes that WebAssembly has, got ${used} in use`,
  );
  shortages.set(error, { requested, used, limit });
  return error;
}

/**
 * The same kernel, but where it throws, it leaves nothing behind of what it had
 * made until then: tfjs knows only of tensors that a kernel returns.
 */
export function cleaningUp(kernel: KernelConfig): KernelConfig {
  return {
    ...kernel,
    kernelFunc(call) {
      const backend = asWasmBackend(call.backend);
      const memory = memoryOf(backend);
      const outer = memory.made;
      const made: object[] = memory.made = [];
      try {
        const outputs = kernel.kernelFunc(call);
        // A kernel that runs this one answers for its outputs from now on.
        outer?.push(...made);
        return outputs;
      } catch (error) {
        for (const dataId of made) backend.disposeData(dataId);
        throw error;
      } finally {
        memory.made = outer;
      }
    },
  };
}
