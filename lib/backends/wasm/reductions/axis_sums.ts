import { scratchSlot } from "../linking/scratch.ts";
import type { Host } from "../runtime/host.ts";
import {
  cutByValues,
  type CutUnits,
  runByRows,
  unitsOf,
} from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";
import { mostTotals } from "./column_loop.ts";
import { columnSums, columnTotals, rowSums } from "./functions.ts";

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
    runByRows(host, rowSums, {
      x: { at: from, step: length * 4 },
      rows: "rows",
      columns: length,
      divisor,
      sums: { at: to, step: 4 },
    }, matrices);
    return;
  }
  const rows = cutByValues(length, inner);
  if (rows.pieces > 1) return sumRows(host, sums, rows);
  host.parallel(sumColumns, { ...sums, ...matrices }, matrices.pieces);
}

const totalsSlot = scratchSlot("totals of some columns");

/** Adds up the columns of some matrices. */
export const sumColumns: Task<AxisSums & CutUnits> = {
  name: "sum columns",
  run({ run, scratch }, work, piece) {
    const { from, length, inner, divisor, to } = work;
    const { first, count } = unitsOf(work, piece);
    run(columnSums, {
      x: from + 4 * first * length * inner,
      rows: length,
      columns: inner,
      totals: scratch(totalsSlot, 8 * mostTotals),
      outer: count,
      divisor,
      sums: to + 4 * first * inner,
    });
  },
};

interface SomeRows extends CutUnits {
  from: number;
  length: number;
  inner: number;
  /** Where the sums of the pieces go, one after the other, as float64. */
  totals: number;
}

/** Adds up some rows of one of the matrices. */
export const sumSomeRows: Task<SomeRows> = {
  name: "sum some rows",
  run({ run }, work, piece) {
    const { from, pieces, length, inner, totals } = work;
    const { first, count } = unitsOf(work, piece % pieces);
    const row = Math.floor(piece / pieces) * length + first;
    run(columnTotals, {
      x: from + 4 * row * inner,
      rows: count,
      columns: inner,
      totals: totals + 8 * piece * inner,
    });
  },
};

const partsSlot = scratchSlot("totals of some rows");

/** The sums of matrices of many rows: those of some rows, added up in order. */
function sumRows(host: Host, sums: AxisSums, cut: CutUnits): void {
  const { from, outer, length, inner, divisor, to } = sums;
  const { pieces } = cut;
  const bytes = 8 * outer * pieces * inner;
  const totals = host.scratch(partsSlot, bytes);
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
