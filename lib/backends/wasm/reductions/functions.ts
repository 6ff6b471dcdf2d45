/**
 * Sums of floats that are added up in double precision, so that they are right to
 * the last digit of a float32 however many there are.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import {
  clearMemory,
  type Code,
  f32,
  f32x4,
  f64,
  f64x2,
  forEach,
  i32,
  type Local,
  repeat,
  type ValueType,
} from "../asm/instructions.ts";

/** Totals that stay in the fastest cache, 8 bytes each. */
export const mostTotals = 2048;

/** The functions of this file, for the module. */
export function axisSumFunctions(): WasmFunction[] {
  return [rowSums(), columnSums(), columnTotals()];
}

const zeros = f32x4.constant(0);
const bytes = (floats: Code) => i32.mul(floats, i32.const(4));

/**
 * `rowSums(x, rows, columns, divisor, sums)`: for each row of `[rows, columns]`
 * the sum of its values, divided.
 */
function rowSums(): WasmFunction {
  return defineFunction(
    "rowSums",
    5,
    (local, x, rows, columns, divisor, sums) => {
      const [whole, end] = [local("i32"), local("i32")];
      const floats = [local("v128"), local("v128")];
      // Four sums side by side: an addition takes longer than fetching its values.
      const parts = [1, 2, 3, 4].map(() => local("v128")) as [
        Local,
        Local,
        Local,
        Local,
      ];
      const add = (part: Local, values: Code) =>
        part.set(f64x2.add(part.get, values));
      return repeat(rows!, [
        parts.map((part) => part.set(zeros)),
        whole.set(
          i32.add(x!.get, bytes(i32.and(columns!.get, i32.const(-8)))),
        ),
        end.set(i32.add(x!.get, bytes(columns!.get))),
        forEach(x!, whole.get, 32, [
          floats.map((four, i) => [
            four.set(f32x4.load(x!.get, 16 * i)),
            add(parts[2 * i]!, f64x2.ofLow(four.get)),
            add(parts[2 * i + 1]!, f64x2.ofHigh(four.get)),
          ]),
        ]),
        forEach(x!, end.get, 4, add(parts[0], f64x2.ofFloat(x!.get))),
        add(parts[0], parts[1].get),
        add(parts[2], parts[3].get),
        add(parts[0], parts[2].get),
        f32.store(
          sums!.get,
          f64.round(
            f64.div(f64x2.total(parts[0].get), f64.ofCount(divisor!.get)),
          ),
        ),
        sums!.increase(4),
      ]);
    },
  );
}

/**
 * `columnSums(x, outer, rows, columns, totals, divisor, sums)`: for each matrix of
 * `[outer, rows, columns]` the sums of its columns, divided. `totals` is the
 * address of working memory for {@linkcode mostTotals} float64.
 */
function columnSums(): WasmFunction {
  return defineFunction(
    "columnSums",
    7,
    (local, x, outer, rows, columns, totals, divisor, sums) => {
      const matrix = { x: x!, rows: rows!, columns: columns! };
      const [total, count] = [local("i32"), local("i32")];
      return repeat(outer!, [
        eachBlock(local, matrix, totals!, (width) => [
          total.set(totals!.get),
          count.set(width.get),
          repeat(count, [
            f32.store(
              sums!.get,
              f64.round(
                f64.div(f64.load(total.get), f64.ofCount(divisor!.get)),
              ),
            ),
            sums!.increase(4),
            total.increase(8),
          ]),
        ]),
        x!.increase(i32.mul(rows!.get, bytes(columns!.get))),
      ]);
    },
  );
}

/**
 * `columnTotals(x, rows, columns, totals)`: the sums of the columns of `[rows,
 * columns]`, a float64 each.
 */
function columnTotals(): WasmFunction {
  return defineFunction(
    "columnTotals",
    4,
    (local, x, rows, columns, totals) =>
      eachBlock(
        local,
        { x: x!, rows: rows!, columns: columns! },
        totals!,
        (width) => totals!.increase(i32.mul(width.get, i32.const(8))),
      ),
  );
}

/**
 * Adds up a matrix, some columns at a time.
 *
 * @param totals Where the sums of these go.
 * @param finish What is done with them.
 */
function eachBlock(
  local: (type: ValueType) => Local,
  { x, rows, columns }: Record<"x" | "rows" | "columns", Local>,
  totals: Local,
  finish: (width: Local) => Code,
): Code {
  const i32Local = () => local("i32");
  const [pitch, first, width, row] = [
    i32Local(),
    i32Local(),
    i32Local(),
    i32Local(),
  ];
  const [count, at, total, end] = [
    i32Local(),
    i32Local(),
    i32Local(),
    i32Local(),
  ];
  const below = [i32Local(), i32Local(), i32Local()];
  const [low, high, four] = [local("v128"), local("v128"), local("v128")];

  /** Adds rows that lie one below the other to the totals. */
  const addRows = (places: Local[]): Code => [
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
  const fronts = [row, ...below];
  return [
    pitch.set(bytes(columns.get)),
    first.set(i32.const(0)),
    forEach(first, columns.get, mostTotals, [
      width.set(
        i32.min(i32.sub(columns.get, first.get), i32.const(mostTotals)),
      ),
      clearMemory(totals.get, i32.mul(width.get, i32.const(8))),
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
