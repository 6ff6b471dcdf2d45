import { adamFunction } from "./adam_kernel.ts";
import { type Assembled, assembleModule, placeModule } from "./assembler.ts";
import { biasKernels } from "./bias_kernels.ts";
import { copyKernels } from "./copy_kernels.ts";
import { multiplyAdd } from "./depthwise_kernels.ts";
import { elementwiseFunctions } from "./elementwise/functions.ts";
import { normalizationKernels } from "./normalization_kernels.ts";
import { packKernels } from "./pack_kernels.ts";
import { poolKernels } from "./pool_kernels.ts";
import { productKernels } from "./product_kernels.ts";
import { axisSumFunctions } from "./stock/sum_functions.ts";
import { sumKernels } from "./sum_kernels.ts";
import { aligned, alignmentRoom, isShared } from "./thread_kernels.ts";
import type { KernelTier } from "./tier.ts";
import { layOutArena } from "./tile_arena.ts";
import { tileKernels } from "./tile_kernels.ts";
import { transposeKernels } from "./transpose_kernels.ts";
import { winogradKernels } from "./winograd_transforms.ts";

/**
 * The module with all functions, for one memory. It is assembled once, and each
 * thread gets it with an arena of its own, for which only some addresses change.
 */
export interface KernelModule {
  /** How many bytes an arena takes, wherever it begins. */
  arenaBytes: number;
  /** The module's bytes for a block of memory that holds the arena. */
  placedAt(block: number): Uint8Array<ArrayBuffer>;
}

const pagesOf = ({ buffer }: WebAssembly.Memory) => buffer.byteLength / 65536;

/** Assembles the module. */
export function assembleKernels(
  memory: WebAssembly.Memory,
  { tileColumns }: KernelTier,
): KernelModule {
  const arena = layOutArena(tileColumns);
  const assembled: Assembled = assembleModule(
    [
      ...tileKernels(arena),
      ...productKernels(arena),
      ...winogradKernels(arena),
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
      ...elementwiseFunctions(),
    ],
    pagesOf(memory),
    isShared(memory),
  );
  return {
    arenaBytes: arena.bytes + alignmentRoom,
    placedAt: (block) =>
      placeModule(assembled, aligned(block), pagesOf(memory)),
  };
}
