/**
 * Kernels that pack rows and columns of B next to each other in the panel.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import {
  type Code,
  f32,
  f32x4,
  forEach,
  i32,
  type Local,
  repeat,
  when,
} from "../asm/instructions.ts";
import type { TileColumns } from "../linking/tile_arena.ts";

/** The functions of this file, for the module. */
export function packKernels(tileColumns: TileColumns): WasmFunction[] {
  return [
    packColumns(tileColumns),
    packTable(tileColumns),
    packRows(tileColumns),
  ];
}

/**
 * `packColumns(source, stride, rows, columns, target)`: rows of up to
 * `tileColumns` floats, `stride` bytes apart, next to each other in the panel.
 */
function packColumns(tileColumns: TileColumns): WasmFunction {
  return defineFunction(
    "packColumns",
    5,
    (local, source, stride, rows, columns, target) =>
      packRun(
        tileColumns,
        rows!,
        columns!,
        target!,
        source!,
        [],
        source!.increase(stride!.get),
        local("i32"),
      ),
  );
}

/**
 * `packTable(table, offset, rows, columns, target)`: the same from rows whose
 * addresses, less the offset, a table holds.
 */
function packTable(tileColumns: TileColumns): WasmFunction {
  return defineFunction(
    "packTable",
    5,
    (local, table, offset, rows, columns, target) => {
      const source = local("i32");
      return packRun(
        tileColumns,
        rows!,
        columns!,
        target!,
        source,
        source.set(i32.add(i32.load(table!.get), offset!.get)),
        table!.increase(4),
        local("i32"),
      );
    },
  );
}

/** Copies a row, moves on to the next, and so on. */
function packRun(
  tileColumns: TileColumns,
  rows: Local,
  columns: Local,
  target: Local,
  source: Local,
  find: Code,
  moveOn: Code,
  i: Local,
): Code {
  const next = [moveOn, target.increase(4 * tileColumns)];
  return when(
    i32.equal(columns.get, i32.const(tileColumns)),
    repeat(rows, [
      find,
      Array.from(
        { length: tileColumns / 4 },
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
 * `packRows(source, stride, rows, columns, target)`: the same panel from a
 * matrix that is stored transposed: column j of the panel is row j there.
 */
function packRows(tileColumns: TileColumns): WasmFunction {
  return defineFunction(
    "packRows",
    5,
    (local, source, stride, rows, columns, target) => {
      const [from, to, i] = [local("i32"), local("i32"), local("i32")];
      return repeat(columns!, [
        from.set(source!.get),
        to.set(target!.get),
        i.set(rows!.get),
        repeat(i, [
          f32.store(to.get, f32.load(from.get)),
          from.increase(4),
          to.increase(4 * tileColumns),
        ]),
        source!.increase(stride!.get),
        target!.increase(4),
      ]);
    },
  );
}
