/**
 * Adds up the columns of a matrix in double precision, row by row.
 *
 * @module
 */
import { clearBytes } from "../asm/blocks.ts";
import type { Code, Declare, Local } from "../asm/code.ts";
import { forEach, repeat } from "../asm/control.ts";
import { f64, f64x2 } from "../asm/doubles.ts";
import { f32, f32x4 } from "../asm/floats.ts";
import { i32 } from "../asm/integers.ts";

/** Totals that stay in the fastest cache, 8 bytes each. */
export const mostTotals = 2048;

/** A matrix `[rows, columns]` at x, and where the sums of its columns go. */
export const matrixOperands = ["x", "rows", "columns", "totals"] as const;
type Matrix = Record<typeof matrixOperands[number], Local>;

/** How many bytes so many floats have. */
export const bytes = (floats: Code): Code => i32.mul(floats, i32.const(4));

/**
 * Adds up a matrix, some columns at a time, whose sums go to `totals`.
 *
 * @param finish What is done with them.
 */
export function eachBlock(
  local: Declare,
  { x, rows, columns, totals }: Matrix,
  finish: (width: Local) => Code,
): Code {
  const [pitch, first, width] = [local("i32"), local("i32"), local("i32")];
  const [row, count] = [local("i32"), local("i32")];
  const below = [local("i32"), local("i32"), local("i32")];
  const addRows = rowAdder(local, width, totals);
  const fronts = [row, ...below];
  return [
    pitch.set(bytes(columns.get)),
    first.set(i32.const(0)),
    forEach(first, columns.get, mostTotals, [
      width.set(
        i32.min(i32.sub(columns.get, first.get), i32.const(mostTotals)),
      ),
      clearBytes(totals.get, i32.mul(width.get, i32.const(8))),
      row.set(i32.add(x.get, bytes(first.get))),
      count.set(i32.div(rows.get, i32.const(fronts.length))),
      repeat(count, [
        below.map((place, i) => place.set(i32.add(fronts[i]!.get, pitch.get))),
        addRows(fronts),
        row.increase(i32.mul(pitch.get, i32.const(fronts.length))),
      ]),
      count.set(i32.and(rows.get, i32.const(fronts.length - 1))),
      repeat(count, [addRows([row]), row.increase(pitch.get)]),
      finish(width),
    ]),
  ];
}

/** What adds rows, some columns of each, to the totals. */
function rowAdder(
  local: Declare,
  width: Local,
  totals: Local,
): (places: Local[]) => Code {
  const [at, total, end] = [local("i32"), local("i32"), local("i32")];
  const [low, high, four] = [local("v128"), local("v128"), local("v128")];
  return (places) => [
    at.set(i32.const(0)),
    total.set(totals.get),
    end.set(bytes(i32.and(width.get, i32.const(-4)))),
    forEach(at, end.get, 16, [
      low.set(f32x4.load(total.get)),
      high.set(f32x4.load(total.get, 16)),
      places.map((place) => [
        four.set(f32x4.load(i32.add(place.get, at.get))),
        low.set(f64x2.add(low.get, f64x2.ofLow(four.get))),
        high.set(f64x2.add(high.get, f64x2.ofHigh(four.get))),
      ]),
      f32x4.store(total.get, low.get),
      f32x4.store(total.get, high.get, 16),
      total.increase(32),
    ]),
    end.set(bytes(width.get)),
    forEach(at, end.get, 4, [
      f64.store(
        total.get,
        places.reduce(
          (sum, place) =>
            f64.add(sum, f64.ofFloat(f32.load(i32.add(place.get, at.get)))),
          f64.load(total.get),
        ),
      ),
      total.increase(8),
    ]),
  ];
}
