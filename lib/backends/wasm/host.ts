import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import { assembleModule } from "./assembler.ts";
import { adamFunction } from "./adam_kernel.ts";
import { refuseKernel, sizeOf } from "./check_inputs.ts";
import { biasKernels } from "./bias_kernels.ts";
import { copyKernels } from "./copy_kernels.ts";
import { multiplyAdd } from "./depthwise_kernels.ts";
import { memoryOf, type WatchedBackend } from "./memory.ts";
import { normalizationKernels } from "./normalization_kernels.ts";
import { packKernels } from "./pack_kernels.ts";
import { poolKernels } from "./pool_kernels.ts";
import { productKernels } from "./product_kernels.ts";
import { axisSumFunctions } from "./stock/sum_functions.ts";
import { sumKernels } from "./sum_kernels.ts";
import { passesSelfTest } from "./self_test.ts";
import { type KernelTier, kernelTier, plainTier } from "./tier.ts";
import { layOutArena, type TileArena } from "./tile_arena.ts";
import { tileKernels } from "./tile_kernels.ts";
import { transposeKernels } from "./transpose_kernels.ts";
import { winogradKernels } from "./winograd_transforms.ts";

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

/** The assembled kernels bound to one backend's memory. */
export interface Host {
  /** Which form of the kernels runs. */
  tier: KernelTier;
  /** The module's functions by name; all arguments are i32. */
  call: Record<string, (...operands: number[]) => void>;
  arena: TileArena;
  /**
   * The address of a tensor's first value.
   *
   * @throws {RangeError} If it has another type (default float32) or fewer values
   * than its shape says.
   */
  addressOf(tensor: TensorInfo, dtype?: DataType): number;
  /** A new float32 tensor; its values are not set. Throws if there is no room. */
  output(shape: number[]): TensorInfo;
  /**
   * The address of at least `bytes` bytes of working memory under a name. It
   * keeps its place and content until the same name is asked for more.
   */
  scratch(name: string, bytes: number): number;
  /** The whole memory as floats; stale once anything is allocated. */
  floats(): Float32Array;
  /** The whole memory as addresses; stale once anything is allocated. */
  integers(): Int32Array;
}

const pageBytes = 65536;
const alignment = 64;
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
  const { memory } = backend.wasm.asm;
  const { tileColumns } = tier;
  const arenaBytes = layOutArena(0, tileColumns).bytes;
  const { arena } = layOutArena(
    aligned(allocate(backend, arenaBytes)),
    tileColumns,
  );
  const module = new WebAssembly.Module(assembleModule(
    [
      ...tileKernels(arena),
      ...productKernels(arena),
      ...winogradKernels(),
      ...packKernels(arena.columns),
      ...copyKernels(),
      ...transposeKernels(),
      ...biasKernels(),
      ...sumKernels(),
      ...axisSumFunctions(),
      ...normalizationKernels(),
      ...poolKernels(),
      multiplyAdd(),
      adamFunction(),
    ],
    memory.buffer.byteLength / pageBytes,
  ));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const blocks = new Map<string, { address: number; bytes: number }>();
  let floats = new Float32Array(memory.buffer);
  let integers = new Int32Array(memory.buffer);
  return {
    tier,
    call: exports as Host["call"],
    arena,
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
    scratch(name, bytes) {
      const held = blocks.get(name);
      if (held && held.bytes >= bytes) return aligned(held.address);
      if (held) backend.wasm._free(held.address);
      blocks.delete(name);
      const address = allocate(backend, bytes);
      blocks.set(name, { address, bytes });
      return aligned(address);
    },
    // When the memory grows, views of what it was become empty.
    floats: () =>
      floats.length > 0 ? floats : floats = new Float32Array(memory.buffer),
    integers: () =>
      integers.length > 0 ? integers : integers = new Int32Array(memory.buffer),
  };
}

const aligned = (address: number) => Math.ceil(address / alignment) * alignment;

/** A block of the backend's memory with room to align its beginning. */
const allocate = (backend: WasmBackend, bytes: number) =>
  backend.wasm._malloc(bytes + alignment);
