import { adamFunction } from "../tensors/adam_function.ts";
import {
  type Assembled,
  assembleModule,
  placeModule,
} from "../asm/assembler.ts";
import { biasKernels } from "../epilogue/bias_functions.ts";
import { copyKernels } from "../tensors/copy_functions.ts";
import { multiplyAdd } from "../depthwise/functions.ts";
import { elementwiseFunctions } from "../elementwise/functions.ts";
import { normalizationKernels } from "../norm/functions.ts";
import { packKernels } from "../gemm/pack_functions.ts";
import { poolKernels } from "../pool/functions.ts";
import { productKernels } from "../gemm/product_functions.ts";
import { axisSumFunctions } from "../reductions/functions.ts";
import { sumKernels } from "../reductions/channel_sum_functions.ts";
import { aligned, alignmentRoom, isShared } from "./thread_kernels.ts";
import type { KernelTier } from "./tier.ts";
import { layOutArena } from "./tile_arena.ts";
import { tileKernels } from "../gemm/tile_functions.ts";
import { transposeKernels } from "../gemm/transpose_functions.ts";
import { winogradKernels } from "../winograd/functions.ts";

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
