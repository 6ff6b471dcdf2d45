/**
 * Functions of the module that work on rows, each row by itself, shared out among
 * threads.
 *
 * @module
 */
import type { TensorInfo } from "@tensorflow/tfjs";
import type { WasmFunction } from "../asm/code.ts";
import {
  cutFairly,
  type PieceCut,
  pieceOf,
  type Range,
} from "../threads/pieces.ts";
import type { TensorAddresses } from "./check_inputs.ts";
import type { ParallelKernels, Task } from "../threads/task.ts";

/** Values that a piece reads and writes: some 0.1 to 0.3 milliseconds of work. */
const pieceValues = 1 << 18;

/** Units of work that are cut into pieces, such as rows or images. */
export interface CutUnits extends PieceCut {
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

/** A tensor of float32 whose values are the rows. */
export const floatsOf = (host: TensorAddresses, tensor: TensorInfo) => ({
  at: host.addressOf(tensor),
  step: 4,
});

/** Rows for which a function is run. */
export interface RowRun<Operand extends string> extends CutUnits {
  operands: Readonly<Record<Operand, RowOperand>>;
}

/** The task that runs a function for some of all rows. */
export const rowTask = <Operand extends string>(
  code: WasmFunction<Operand>,
): Task<RowRun<Operand>> => ({
  name: `${code.name} for rows`,
  run(kernels, { operands, ...cut }, piece) {
    const { first, count } = unitsOf(cut, piece);
    const valueOf = (operand: RowOperand) =>
      typeof operand === "number"
        ? operand
        : operand === "rows"
        ? count
        : operand.at + first * operand.step;
    const values = { ...operands } as Record<Operand, number>;
    for (const name of code.operands) values[name] = valueOf(operands[name]);
    kernels.run(code, values);
  },
});

/**
 * Runs a function for all rows, on all threads.
 *
 * @param code One whose {@linkcode rowTask} is in the list of tasks.ts.
 */
export function runByRows<Operand extends string>(
  host: ParallelKernels,
  code: WasmFunction<Operand>,
  operands: RowRun<NoInfer<Operand>>["operands"],
  cut: CutUnits,
): void {
  host.parallel(rowTask(code), { operands, ...cut }, cut.pieces);
}
