import { type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";
import { copyRows } from "./functions.ts";

/** Where the first of some rows begins, and how many bytes after it the next. */
export interface Rows {
  at: number;
  step: number;
}

/** A part of each row, to be copied. */
export interface Stripe {
  from: Rows;
  to: Rows;
  bytes: number;
}

/** Copies some rows' stripes. */
export const copyStripes: Task<CutUnits & { stripes: Stripe[] }> = {
  name: "copy stripes",
  run(kernels, { stripes, ...cut }, piece) {
    const { first, count } = unitsOf(cut, piece);
    for (const { from, to, bytes } of stripes) {
      kernels.run(copyRows, {
        source: from.at + first * from.step,
        sourceStride: from.step,
        target: to.at + first * to.step,
        targetStride: to.step,
        bytes,
        rows: count,
      });
    }
  },
};
