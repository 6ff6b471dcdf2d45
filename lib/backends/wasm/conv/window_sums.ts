import {
  type Correlation,
  cutWindows,
  skipsPadding,
} from "../windows/chunks.ts";
import { mostHeld, pieceProducts } from "../gemm/pixel_pieces.ts";
import {
  cutEqually,
  cutInto,
  fairly,
  type PieceCut,
} from "../threads/pieces.ts";
import type { Tap } from "../windows/taps.ts";
import type { Images } from "../windows/windows.ts";

/** The sums over all windows of what the taps see times the output's gradient. */
export interface WindowSums extends Correlation {
  /** The output's gradient. */
  output: Images;
}

/** How sums over windows are cut. */
export interface WindowSumCut {
  /** Chunks of windows of a piece. Its sums are a part; parts are added in order. */
  parts: PieceCut;
  /** Lines of taps of a piece. */
  lines: PieceCut;
  /** What the taps of a line have in common: those are summed together. */
  line: "row" | "column";
}

/**
 * Cuts sums into pieces of about a millisecond: in parts, or by taps where there are
 * few chunks, or the parts' sums would take too much memory.
 */
export function cutSum(sums: WindowSums): WindowSumCut {
  const { input, output, taps, windows } = sums;
  const chunks = cutWindows(sums, input.channels);
  const size = taps.length * input.channels * output.channels;
  const wanted = fairly(
    size * windows.rows * windows.columns * input.count / pieceProducts,
  );
  const held = Math.floor(mostHeld / size);
  const most = Math.min(wanted, 16, held, chunks.count);
  const isInParts = most >= 4;
  const line = skipsPadding(sums, chunks, output.channels) ? "column" : "row";
  const lines = linesOf(taps, line).length;
  return {
    parts: cutEqually(chunks.count, isInParts ? most : 1),
    lines: cutInto(lines, isInParts || wanted === 1 ? lines : 1),
    line,
  };
}

/** The rows or columns of taps, each once, in their order. */
export const linesOf = (taps: readonly Tap[], line: "row" | "column") => [
  ...new Set(taps.map((tap) => tap[line])),
];
