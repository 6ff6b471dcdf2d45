import { cutFairly, pieceOf } from "../threads/pieces.ts";
import type { ParallelKernels, Task } from "../threads/task.ts";

/** Some memory. */
export interface Block {
  address: number;
  bytes: number;
}

/** Bytes of a piece. */
const most = 1 << 20;

/** Sets memory to 0. */
export function clearMemory(host: ParallelKernels, block: Block): void {
  host.parallel(clearPiece, block, cutFairly(block.bytes, most, 64).pieces);
}

/** A piece is of whole lines of the cache, so that threads hardly meet in one. */
export const clearPiece: Task<Block> = {
  name: "clear memory",
  run(kernels, { address, bytes }, piece) {
    const { first, count } = pieceOf(bytes, cutFairly(bytes, most, 64), piece);
    const start = (address + first) / 4;
    kernels.floats().fill(0, start, start + count / 4);
  },
};
