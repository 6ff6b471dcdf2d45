import type { Host } from "../runtime/host.ts";
import {
  callByRows,
  cutByValues,
  type CutUnits,
  unitsOf,
} from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";
import { mostTotals } from "./functions.ts";

/** Values of `[outer, length, inner]` at an address, to be added up along `length`. */
export interface AxisSums {
  from: number;
  outer: number;
  length: number;
  inner: number;
  /** What each sum is divided by. */
  divisor: number;
  /** Where the sums go, `[outer, inner]`. */
  to: number;
}

/** Adds up values, on all threads. */
export function sumAxis(host: Host, sums: AxisSums): void {
  const { from, outer, length, inner, divisor, to } = sums;
  const matrices = cutByValues(outer, length * inner);
  if (inner === 1) {
    const [x, y] = [{ at: from, step: length * 4 }, { at: to, step: 4 }];
    callByRows(host, "rowSums", [x, "rows", length, divisor, y], matrices);
    return;
  }
  const rows = cutByValues(length, inner);
  if (rows.pieces > 1) return sumRows(host, sums, rows);
  host.parallel(sumColumns, { ...sums, ...matrices }, matrices.pieces);
}

/** Adds up the columns of some matrices. */
export const sumColumns: Task<AxisSums & CutUnits> = {
  name: "sum columns",
  run({ call, scratch }, work, piece) {
    const { from, length, inner, divisor, to } = work;
    const { first, count } = unitsOf(work, piece);
    const totals = scratch("column totals", 8 * mostTotals);
    const [x, y] = [
      from + 4 * first * length * inner,
      to + 4 * first * inner,
    ];
    call.columnSums!(x, count, length, inner, totals, divisor, y);
  },
};

interface SomeRows extends CutUnits {
  from: number;
  /** How many pieces a matrix has. */
  pieces: number;
  length: number;
  inner: number;
  /** Where the sums of the pieces go, one after the other, as float64. */
  totals: number;
}

/** Adds up some rows of one of the matrices. */
export const sumSomeRows: Task<SomeRows> = {
  name: "sum some rows",
  run({ call }, work, piece) {
    const { from, pieces, length, inner, totals } = work;
    const { first, count } = unitsOf(work, piece % pieces);
    const row = Math.floor(piece / pieces) * length + first;
    const target = totals + 8 * piece * inner;
    call.columnTotals!(from + 4 * row * inner, count, inner, target);
  },
};

/** The sums of matrices of many rows: those of some rows, added up in order. */
function sumRows(host: Host, sums: AxisSums, cut: CutUnits): void {
  const { from, outer, length, inner, divisor, to } = sums;
  const { pieces } = cut;
  const bytes = 8 * outer * pieces * inner;
  const totals = host.scratch("column totals of rows", bytes);
  const work = { from, length, inner, totals, ...cut };
  host.parallel(sumSomeRows, work, outer * pieces);
  const [floats, doubles] = [host.floats(), host.doubles()];
  for (let matrix = 0; matrix < outer; matrix++) {
    const first = totals / 8 + matrix * pieces * inner;
    const target = to / 4 + matrix * inner;
    for (let i = 0; i < inner; i++) {
      let sum = 0;
      for (let piece = 0; piece < pieces; piece++) {
        sum += doubles[first + piece * inner + i]!;
      }
      floats[target + i] = sum / divisor;
    }
  }
}
