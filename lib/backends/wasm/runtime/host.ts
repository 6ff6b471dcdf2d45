import type { TensorInfo } from "@tensorflow/tfjs";
import { refuseKernel, sizeOf, type TensorAddresses } from "./check_inputs.ts";
import { memoryOf } from "./memory.ts";
import type { WasmBackend } from "./tfjs_backend.ts";
import { passesSelfTest } from "../gemm/self_test.ts";
import { createThreadKernels } from "../linking/thread_kernels.ts";
import type { ParallelKernels } from "../threads/task.ts";
import { createThreads, type Threads } from "../threads/threads.ts";
import { type KernelTier, kernelTier, plainTier } from "../linking/tier.ts";

/** The assembled kernels of the thread that tfjs runs in. */
export interface Host extends ParallelKernels, TensorAddresses {
  /** Those that help with the pieces of tasks. */
  threads: Threads;
  /** A new float32 tensor; its values are not set. Throws if there is no room. */
  output(shape: number[]): TensorInfo;
}

const hosts = new WeakMap<object, Host>();

/**
 * The kernels for a backend, made at the first call. They work in the memory of the
 * backend itself, so that no tensor is ever copied; what they need beside it comes
 * from its allocator.
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
  const host = hostWith(backend, kernelTier());
  if (host.tier === plainTier || passesSelfTest(host)) return host;
  console.warn(
    "The kernels for V8's flags failed their self-test; plain ones are used.",
  );
  return hostWith(backend, plainTier);
}

function hostWith(backend: WasmBackend, tier: KernelTier): Host {
  const { wasm } = backend;
  const memory = {
    memory: wasm.asm.memory,
    allocate: (bytes: number) => wasm._malloc(bytes),
    free: (address: number) => wasm._free(address),
  };
  const kernels = createThreadKernels({
    memory: memory.memory,
    renew(block, bytes) {
      if (block) memory.free(block);
      return memory.allocate(bytes);
    },
  }, tier);
  const threads = createThreads(memory, kernels);
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
