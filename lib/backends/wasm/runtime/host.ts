import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import { refuseKernel, sizeOf } from "./check_inputs.ts";
import { assembleKernels } from "../linking/kernel_module.ts";
import { memoryOf, type WatchedBackend } from "./memory.ts";
import { passesSelfTest } from "../matmul/self_test.ts";
import { bindKernels } from "../linking/thread_kernels.ts";
import type { ParallelKernels } from "../threads/task.ts";
import { createThreads, type Threads } from "../threads/threads.ts";
import { type KernelTier, kernelTier, plainTier } from "../linking/tier.ts";

/** What tfjs's BackendWasm keeps of a tensor. */
interface TensorData {
  memoryOffset: number;
  shape: number[];
  dtype: DataType;
}

/**
 * What these kernels use of tfjs's BackendWasm (4.22): its memory, its
 * allocator and the addresses of its tensors.
 */
export interface WasmBackend extends WatchedBackend {
  dataIdMap: { get(dataId: object): TensorData };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(
    tensor: TensorInfo,
  ): Float32Array | Int32Array | Uint8Array;
  readSync(dataId: object, start?: number, end?: number): ArrayBufferView;
  incRef(dataId: object): void;
}

/** The assembled kernels of the thread that tfjs runs in. */
export interface Host extends ParallelKernels {
  /** Those that help with the pieces of tasks. */
  threads: Threads;
  /**
   * The address of a tensor's first value.
   *
   * @throws {RangeError} If it has another type (default float32) or fewer values
   * than its shape says.
   */
  addressOf(tensor: TensorInfo, dtype?: DataType): number;
  /** A new float32 tensor; its values are not set. Throws if there is no room. */
  output(shape: number[]): TensorInfo;
}

const hosts = new WeakMap<object, Host>();

/**
 * The kernels for a backend, assembled at the first call. They work in the
 * memory of the backend itself, so that no tensor is ever copied; their
 * constant addresses lie in a block taken from its allocator.
 *
 * @throws {RangeError} If tfjs's memory is exhausted, with what was asked for.
 */
export function hostOf(backend: WasmBackend): Host {
  let host = hosts.get(backend);
  if (!host) {
    memoryOf(backend);
    hosts.set(backend, host = createHost(backend));
  }
  return host;
}

function createHost(backend: WasmBackend): Host {
  const host = assembleHost(backend, kernelTier());
  if (host.tier === plainTier || passesSelfTest(host)) return host;
  console.warn(
    "The kernels for V8's flags failed their self-test; plain ones are used.",
  );
  return assembleHost(backend, plainTier);
}

function assembleHost(backend: WasmBackend, tier: KernelTier): Host {
  const { wasm } = backend;
  const memory = {
    memory: wasm.asm.memory,
    allocate: (bytes: number) => wasm._malloc(bytes),
    free: (address: number) => wasm._free(address),
  };
  const module = assembleKernels(memory.memory, tier);
  const arena = memory.allocate(module.arenaBytes);
  const kernels = bindKernels(module.placedAt(arena), {
    memory: memory.memory,
    renew(block, bytes) {
      if (block) memory.free(block);
      return memory.allocate(bytes);
    },
  }, tier);
  const threads = createThreads(memory, kernels, module);
  return {
    ...kernels,
    threads,
    parallel: threads.parallel,
    addressOf({ dataId, dtype, shape }, expected = "float32") {
      if (dtype !== expected) {
        refuseKernel("a kernel", `${expected} values`, `${dtype} [${shape}]`);
      }
      const held = backend.dataIdMap.get(dataId);
      if (held.dtype !== dtype || sizeOf(held.shape) < sizeOf(shape)) {
        refuseKernel(
          "a kernel",
          `${dtype} [${shape}]`,
          `memory for ${held.dtype} [${held.shape}]`,
        );
      }
      return held.memoryOffset;
    },
    output: (shape) => backend.makeOutput(shape, "float32"),
  };
}
