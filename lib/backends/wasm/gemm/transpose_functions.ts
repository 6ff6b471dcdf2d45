/**
 * Functions that make rows of columns.
 *
 * @module
 */
import type { Code, Declare, Local } from "../asm/code.ts";
import { forEach } from "../asm/control.ts";
import { f32, f32x4 } from "../asm/floats.ts";
import { i32 } from "../asm/integers.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { declare } from "./tile.ts";

/** Transposes a matrix with rows `pitch` bytes apart. */
export const transposeColumns = wasmFunction(
  "transposeColumns",
  ["source", "pitch", "target", "rows", "columns"],
  ({ source, pitch, ...matrix }, local) => {
    const stride = local("i32");
    return [
      stride.set(i32.mul(matrix.rows.get, i32.const(4))),
      strips(local, {
        ...matrix,
        stride,
        rowAddress: (row) => i32.add(source.get, i32.mul(row, pitch.get)),
      }),
    ];
  },
);

/**
 * Transposes a matrix that has a row at each of the table's addresses plus the
 * offset; column j goes to `target + j · stride`.
 */
export const transposeTable = wasmFunction(
  "transposeTable",
  ["table", "offset", "rows", "columns", "target", "stride"],
  ({ table, offset, ...matrix }, local) =>
    strips(local, {
      ...matrix,
      rowAddress: (row) =>
        i32.add(
          i32.load(i32.add(table.get, i32.mul(row, i32.const(4)))),
          offset.get,
        ),
    }),
);

/** A matrix and where its columns go, `stride` bytes apart. */
interface Transposition {
  rows: Local;
  columns: Local;
  target: Local;
  stride: Local;
  rowAddress(row: Code): Code;
}

/**
 * The loops: strips of sixteen columns, and in each all rows, four at a time.
 * Sixteen columns are a line of the cache, which is then read once, however many
 * rows fall on the same place in the cache.
 */
function strips(
  local: Declare,
  { rows, columns, target, stride, rowAddress }: Transposition,
): Code {
  const [strip, end, row, at, place] = declare(local, "i32", 5) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const from = declare(local, "i32", 4);
  const to = declare(local, "i32", 4);
  const square = declare(local, "v128", 4);
  const halves = declare(local, "v128", 4);
  const value = (r: number) => i32.add(from[r]!.get, at.get);
  const oneColumn = (height: number) => [
    Array.from(
      { length: height },
      (_, r) => f32.store(place.get, f32.load(value(r)), 4 * r),
    ),
    place.increase(stride.get),
  ];
  const fourColumns = [
    square.map((vector, r) => vector.set(f32x4.load(value(r)))),
    turn(square, halves),
    to.map((address, c) =>
      address.set(c === 0 ? place.get : i32.add(to[c - 1]!.get, stride.get))
    ),
    square.map((vector, c) => f32x4.store(to[c]!.get, vector.get)),
    place.set(i32.add(to[3]!.get, stride.get)),
  ];
  /** `at` counts the bytes of a row, `place` is where its value goes. */
  const someRows = (height: number, body: Code) => [
    from.slice(0, height).map((address, r) =>
      address.set(rowAddress(i32.add(row.get, i32.const(r))))
    ),
    at.set(strip.get),
    place.set(i32.add(target.get, i32.mul(row.get, i32.const(4)))),
    body,
  ];
  return [
    strip.set(i32.const(0)),
    forEach(strip, i32.mul(columns.get, i32.const(4)), 64, [
      end.set(i32.min(
        i32.mul(columns.get, i32.const(4)),
        i32.add(strip.get, i32.const(64)),
      )),
      row.set(i32.const(0)),
      forEach(row, i32.and(rows.get, i32.const(-4)), 4, [
        someRows(4, [
          forEach(at, i32.and(end.get, i32.const(-16)), 16, fourColumns),
          forEach(at, end.get, 4, oneColumn(4)),
        ]),
      ]),
      forEach(
        row,
        rows.get,
        1,
        someRows(1, forEach(at, end.get, 4, oneColumn(1))),
      ),
      target.increase(i32.mul(stride.get, i32.const(16))),
    ]),
  ];
}

/** Transposes a square of 4×4, in place. */
function turn(square: Local[], halves: Local[]): Code {
  const [a, b, c, d] = square as [Local, Local, Local, Local];
  const low = [0, 4, 1, 5];
  const high = [2, 6, 3, 7];
  const [ac, acHigh, bd, bdHigh] = halves as [Local, Local, Local, Local];
  return [
    ac.set(f32x4.shuffle(a.get, c.get, low)),
    acHigh.set(f32x4.shuffle(a.get, c.get, high)),
    bd.set(f32x4.shuffle(b.get, d.get, low)),
    bdHigh.set(f32x4.shuffle(b.get, d.get, high)),
    a.set(f32x4.shuffle(ac.get, bd.get, low)),
    b.set(f32x4.shuffle(ac.get, bd.get, high)),
    c.set(f32x4.shuffle(acHigh.get, bdHigh.get, low)),
    d.set(f32x4.shuffle(acHigh.get, bdHigh.get, high)),
  ];
}
