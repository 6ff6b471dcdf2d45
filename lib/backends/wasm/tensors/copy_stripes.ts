import { type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";

/** A part of each row, to be copied; all numbers are addresses and bytes. */
export interface Stripe {
  from: number;
  /** How far the rows are apart from which it is copied, */
  fromStep: number;
  to: number;
  /** and to which. */
  toStep: number;
  bytes: number;
}

/** Copies some rows' stripes. */
export const copyStripes: Task<CutUnits & { stripes: Stripe[] }> = {
  name: "copy stripes",
  run({ call }, { stripes, ...cut }, piece) {
    const { first, count } = unitsOf(cut, piece);
    for (const { from, fromStep, to, toStep, bytes } of stripes) {
      const [source, target] = [from + first * fromStep, to + first * toStep];
      call.copyRows!(source, fromStep, target, toStep, bytes, count);
    }
  },
};
