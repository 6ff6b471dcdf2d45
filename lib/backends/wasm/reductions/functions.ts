/**
 * Sums of floats that are added up in double precision, so that they are right to
 * the last digit of a float32 however many there are.
 *
 * @module
 */
import type { Code, Local } from "../asm/code.ts";
import { forEach, repeat } from "../asm/control.ts";
import { f64, f64x2 } from "../asm/doubles.ts";
import { f32, f32x4 } from "../asm/floats.ts";
import { i32 } from "../asm/integers.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { bytes, eachBlock, matrixOperands } from "./column_loop.ts";

const zeros = f32x4.constant(0);

/** A total, divided, as a float. */
const quotient = (total: Code, divisor: Local) =>
  f64.round(f64.div(total, f64.ofCount(divisor.get)));

/** For each row of `[rows, columns]` the sum of its values, divided. */
export const rowSums = wasmFunction(
  "rowSums",
  ["x", "rows", "columns", "divisor", "sums"],
  ({ x, rows, columns, divisor, sums }, local) => {
    const [whole, end] = [local("i32"), local("i32")];
    const floats = [local("v128"), local("v128")];
    // Four sums side by side: an addition takes longer than fetching its values.
    const [a, b, c, d] = [
      local("v128"),
      local("v128"),
      local("v128"),
      local("v128"),
    ];
    const parts = [[a, b], [c, d]] as const;
    const add = (part: Local, values: Code) =>
      part.set(f64x2.add(part.get, values));
    return repeat(rows, [
      parts.flat().map((part) => part.set(zeros)),
      whole.set(i32.add(x.get, bytes(i32.and(columns.get, i32.const(-8))))),
      end.set(i32.add(x.get, bytes(columns.get))),
      forEach(x, whole.get, 32, [
        floats.map((four, i) => [
          four.set(f32x4.load(x.get, 16 * i)),
          add(parts[i]![0], f64x2.ofLow(four.get)),
          add(parts[i]![1], f64x2.ofHigh(four.get)),
        ]),
      ]),
      forEach(x, end.get, 4, add(a, f64x2.ofFloat(x.get))),
      add(a, b.get),
      add(c, d.get),
      add(a, c.get),
      f32.store(sums.get, quotient(f64x2.total(a.get), divisor)),
      sums.increase(4),
    ]);
  },
);

/**
 * For each matrix of `[outer, rows, columns]` the sums of its columns, divided.
 * `totals` is the address of working memory for {@linkcode mostTotals} float64.
 */
export const columnSums = wasmFunction(
  "columnSums",
  [...matrixOperands, "outer", "divisor", "sums"],
  ({ outer, divisor, sums, ...matrix }, local) => {
    const [total, count] = [local("i32"), local("i32")];
    const { x, rows, columns, totals } = matrix;
    return repeat(outer, [
      eachBlock(local, matrix, (width) => [
        total.set(totals.get),
        count.set(width.get),
        repeat(count, [
          f32.store(sums.get, quotient(f64.load(total.get), divisor)),
          sums.increase(4),
          total.increase(8),
        ]),
      ]),
      x.increase(i32.mul(rows.get, bytes(columns.get))),
    ]);
  },
);

/** The sums of the columns of `[rows, columns]`, a float64 each. */
export const columnTotals = wasmFunction(
  "columnTotals",
  matrixOperands,
  (matrix, local) =>
    eachBlock(
      local,
      matrix,
      (width) => matrix.totals.increase(i32.mul(width.get, i32.const(8))),
    ),
);
