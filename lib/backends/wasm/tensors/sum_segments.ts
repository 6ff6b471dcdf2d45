import { type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";
import { addFloats } from "./functions.ts";

interface Segments extends CutUnits {
  /** Whether the values are float32, or int32. */
  isFloat: boolean;
  /** Rows of values, */
  x: number;
  /** and the segment that each belongs to. */
  ids: number;
  /** How many rows there are. */
  count: number;
  columns: number;
  /** Where the segments' sums go. */
  sums: number;
}

/** Adds up the rows of some segments. tfjs leaves out what belongs to none. */
export const sumSegments: Task<Segments> = {
  name: "sum segments",
  run({ run, floats, integers }, work, piece) {
    const { isFloat, x, ids, count, columns, sums } = work;
    const { first, count: segments } = unitsOf(work, piece);
    const values = isFloat ? floats() : integers();
    const start = sums / 4 + first * columns;
    values.fill(0, start, start + segments * columns);
    const given = integers().subarray(ids / 4, ids / 4 + count);
    for (let i = 0; i < count; i++) {
      const segment = given[i]! - first;
      if (segment < 0 || segment >= segments) continue;
      const [source, target] = [x / 4 + i * columns, start + segment * columns];
      if (isFloat) {
        const operands = { target: 4 * target, source: 4 * source };
        run(addFloats, { ...operands, count: columns });
      } else {
        for (let c = 0; c < columns; c++) {
          values[target + c]! += values[source + c]!;
        }
      }
    }
  },
};
