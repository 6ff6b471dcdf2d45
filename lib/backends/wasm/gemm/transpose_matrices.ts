import { cutFairly, pieceOf } from "../threads/pieces.ts";
import type { ParallelKernels, Task } from "../threads/task.ts";
import { transposeColumns } from "./transpose_functions.ts";

/** A row-major matrix, and where its columns go as rows. */
export interface Transposition {
  source: number;
  target: number;
  rows: number;
  columns: number;
}

/** Floats of a piece. */
const most = 1 << 15;

/** Transposes matrices. */
export function transposeMatrices(
  host: ParallelKernels,
  matrices: readonly Transposition[],
): void {
  const pieces = matrices.reduce((sum, matrix) => sum + cut(matrix).pieces, 0);
  host.parallel(transposeStrip, matrices, pieces);
}

/** {@linkcode transposeColumns} walks through sixteen columns at once. */
const cut = ({ rows, columns }: Transposition) =>
  cutFairly(columns, Math.max(16, most / Math.max(1, rows)), 16);

/** Pieces are counted on from matrix to matrix: threads share small ones, too. */
export const transposeStrip: Task<readonly Transposition[]> = {
  name: "transpose columns",
  run(kernels, matrices, piece) {
    for (const matrix of matrices) {
      const { source, target, rows, columns } = matrix;
      const { size, pieces } = cut(matrix);
      if (piece >= pieces) {
        piece -= pieces;
        continue;
      }
      const { first, count } = pieceOf(columns, { size, pieces }, piece);
      kernels.run(transposeColumns, {
        source: source + 4 * first,
        pitch: 4 * columns,
        target: target + 4 * first * rows,
        rows,
        columns: count,
      });
      return;
    }
  },
};
