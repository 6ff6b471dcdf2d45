import type { Values } from "../arrays/arrays.ts";

/** A matrix of int32 in an array. */
export interface IntegerMatrix {
  values: Values;
  /** Where its first value is. */
  first: number;
  /** From a row to the next. */
  rowStride: number;
  /** From a column to the next. */
  columnStride: number;
}

/** The i-th of `[rows, columns]` matrices, which may be stored transposed. */
export function integerMatrix(
  values: Values,
  i: number,
  [rows, columns]: readonly [number, number],
  transposed: boolean,
): IntegerMatrix {
  return {
    values,
    first: i * rows * columns,
    rowStride: transposed ? 1 : columns,
    columnStride: transposed ? rows : 1,
  };
}

/**
 * Multiplies matrices `[rows, depth]` and `[depth, columns]` of whole numbers; as
 * in numpy, a result beyond 32 bits starts again at the smallest.
 *
 * @param c The i-th `[rows, columns]` of an array; its values are set.
 */
export function multiplyIntegers(
  a: IntegerMatrix,
  b: IntegerMatrix,
  c: IntegerMatrix,
  rows: number,
  columns: number,
  depth: number,
): void {
  for (let row = 0; row < rows; row++) {
    const start = c.first + row * c.rowStride;
    c.values.fill(0, start, start + columns);
    for (let k = 0; k < depth; k++) {
      const factor = a
        .values[a.first + row * a.rowStride + k * a.columnStride]!;
      if (factor === 0) continue;
      let from = b.first + k * b.rowStride;
      for (let to = start; to < start + columns; to++) {
        c.values[to]! += Math.imul(factor, b.values[from]!);
        from += b.columnStride;
      }
    }
  }
}
