/**
 * Functions of the module that work on rows, each row by itself, shared out among
 * threads.
 *
 * @module
 */
import type { Host } from "./host.ts";
import { type Cut, cutFairly, pieceOf, type Range } from "../threads/pieces.ts";
import type { Task } from "../threads/task.ts";

/** Values that a piece reads and writes: some 0.1 to 0.3 milliseconds of work. */
const pieceValues = 1 << 18;

/** Units of work that are cut into pieces, such as rows or images. */
export interface CutUnits extends Cut {
  units: number;
}

/**
 * Cuts work into pieces that are worth a thread's while.
 *
 * @param values How many values are read and written for each unit.
 * @param step A piece's units are a multiple of it, but for the last one's.
 */
export function cutByValues(
  units: number,
  values: number,
  step = 1,
): CutUnits {
  const most = Math.max(1, Math.floor(pieceValues / Math.max(1, values)));
  return { units, ...cutFairly(units, Math.max(step, most), step) };
}

/** The units of a piece. */
export const unitsOf = (cut: CutUnits, piece: number): Range =>
  pieceOf(cut.units, cut, piece);

/**
 * An operand of a function: the same for all rows, an address that moves on by so
 * many bytes a row, or the number of rows.
 */
export type RowOperand = number | { at: number; step: number } | "rows";

interface RowWork extends CutUnits {
  /** The function's name. */
  name: string;
  operands: RowOperand[];
}

/** Calls a function for a part of all rows. */
export const callForRows: Task<RowWork> = {
  name: "call for rows",
  run({ call }, { name, operands, ...cut }, piece) {
    const { first, count } = unitsOf(cut, piece);
    call[name]!(
      ...operands.map((operand) =>
        typeof operand === "number"
          ? operand
          : operand === "rows"
          ? count
          : operand.at + first * operand.step
      ),
    );
  },
};

/** Calls a function of the module for all rows, on all threads. */
export function callByRows(
  host: Host,
  name: string,
  operands: RowOperand[],
  cut: CutUnits,
): void {
  host.parallel(callForRows, { name, operands, ...cut }, cut.pieces);
}
