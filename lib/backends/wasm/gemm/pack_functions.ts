/**
 * Functions that pack rows and columns of B next to each other in the panel.
 *
 * @module
 */
import type { Code, Declare, Local, Target } from "../asm/code.ts";
import { forEach, repeat, when } from "../asm/control.ts";
import { f32, f32x4 } from "../asm/floats.ts";
import { i32 } from "../asm/integers.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { tileColumns } from "./tile_size.ts";

/** Rows of up to a tile's columns, `stride` bytes apart. */
export const packColumns = wasmFunction(
  "packColumns",
  ["source", "stride", "rows", "columns", "target"],
  ({ source, stride, ...panel }, local, target) =>
    packRun(target, local, panel, source, [], source.increase(stride.get)),
);

/** The same from rows whose addresses, less the offset, a table holds. */
export const packTable = wasmFunction(
  "packTable",
  ["table", "offset", "rows", "columns", "target"],
  ({ table, offset, ...panel }, local, target) => {
    const source = local("i32");
    const find = source.set(i32.add(i32.load(table.get), offset.get));
    return packRun(target, local, panel, source, find, table.increase(4));
  },
);

/** Copies a row, moves on to the next, and so on. */
function packRun(
  processor: Target,
  local: Declare,
  { rows, columns, target }: Record<"rows" | "columns" | "target", Local>,
  source: Local,
  find: Code,
  moveOn: Code,
): Code {
  const width = tileColumns(processor);
  const i = local("i32");
  const next = [moveOn, target.increase(4 * width)];
  return when(
    i32.equal(columns.get, i32.const(width)),
    repeat(rows, [
      find,
      Array.from(
        { length: width / 4 },
        (_, v) =>
          f32x4.store(target.get, f32x4.load(source.get, 16 * v), 16 * v),
      ),
      next,
    ]),
    repeat(rows, [
      find,
      i.set(i32.const(0)),
      forEach(i, i32.mul(columns.get, i32.const(4)), 4, [
        f32.store(
          i32.add(target.get, i.get),
          f32.load(i32.add(source.get, i.get)),
        ),
      ]),
      next,
    ]),
  );
}

/**
 * The same panel from a matrix that is stored transposed: column j of the panel is
 * row j there.
 */
export const packRows = wasmFunction(
  "packRows",
  ["source", "stride", "rows", "columns", "target"],
  ({ source, stride, rows, columns, target }, local, processor) => {
    const [from, to, i] = [local("i32"), local("i32"), local("i32")];
    return repeat(columns, [
      from.set(source.get),
      to.set(target.get),
      i.set(rows.get),
      repeat(i, [
        f32.store(to.get, f32.load(from.get)),
        from.increase(4),
        to.increase(4 * tileColumns(processor)),
      ]),
      source.increase(stride.get),
      target.increase(4),
    ]);
  },
);
