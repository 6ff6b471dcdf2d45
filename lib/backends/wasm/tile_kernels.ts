/**
 * The two micro-kernels that do all the multiplying: convolutions in all three
 * passes and matrix products in all four transpositions are sweeps of one of
 * them over a table of addresses.
 *
 * Both compute a tile of `R` rows by {@linkcode TileColumns} columns of
 * C = A · B in registers while k runs over up to {@linkcode panelDepth} steps:
 *
 * - `rows`: a table holds the address where each row of A begins, and k walks
 *   along the row. (A forward convolution: a row is the window of one pixel.)
 * - `columns`: a table holds an address for each k, and the rows of the tile lie
 *   next to each other there. (A filter gradient: k counts pixels, and the rows
 *   are the channels of the window.)
 *
 * Tables replace im2col copies; the idea is XNNPACK's indirection buffer. The
 * panel of B lies packed at a constant address, and so does the finished tile:
 * WebAssembly engines drop the bounds check for those, which in the inner loop
 * is worth a third of the speed.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "./assembler.ts";
import {
  block,
  type Code,
  f32x4,
  i32,
  leaveIf,
  type Local,
  repeat,
  when,
} from "./instructions.ts";
import { accumulators, declare, finishRow } from "./tile.ts";
import {
  depthStep,
  panelDepth,
  type TileArena,
  tileRows,
} from "./tile_arena.ts";

/** Writes `rows1` to `rows6` and `columns1` to `columns6`. */
export function tileKernels(arena: TileArena): WasmFunction[] {
  return Array.from({ length: tileRows }, (_, index) => index + 1).flatMap((
    rows,
  ) => [rowsKernel(rows, arena), columnsKernel(rows, arena)]);
}

/**
 * `rowsR(tiles, aTable, cTable, aOffset, cOffset, depth, rest, accumulates, columns)`:
 * R rows a tile, whose addresses are the tables' entries plus the offsets;
 * `depth` a multiple of `depthStep`, then `rest` single steps.
 */
function rowsKernel(rows: number, arena: TileArena): WasmFunction {
  return defineFunction(
    `rows${rows}`,
    9,
    (
      local,
      tiles,
      aTable,
      cTable,
      aOffset,
      cOffset,
      depth,
      rest,
      accumulates,
      columns,
    ) => {
      const a = declare(local, "i32", rows);
      const tile = accumulators(local, rows, arena);
      const c = local("i32");
      const column = local("i32");
      return repeat(tiles!, [
        a.map((row, r) =>
          row.set(i32.add(i32.load(aTable!.get, 4 * r), aOffset!.get))
        ),
        tile.clear,
        unrolled(
          depth!,
          (k) => tile.step(k, (r) => f32x4.loadSplat(a[r]!.get, 4 * k)),
        ),
        when(rest!.get, [
          a.map((row) => row.increase(i32.mul(depth!.get, i32.const(4)))),
          singles(
            rest!,
            (k) =>
              tile.step(
                panelDepth + k,
                (r) => f32x4.loadSplat(a[r]!.get, 4 * k),
              ),
          ),
        ]),
        tile.spill,
        a.map((_, r) => [
          c.set(i32.add(i32.load(cTable!.get, 4 * r), cOffset!.get)),
          finishRow(r, arena, c, accumulates!, columns!, column),
        ]),
        aTable!.increase(4 * rows),
        cTable!.increase(4 * rows),
      ]);
    },
  );
}

/**
 * `columnsR(tiles, kTable, aOffset, c, cStride, depth, rest, accumulates, columns)`:
 * R floats at each of the table's addresses; `c` is the address of the first
 * row of C, `cStride` the bytes from a row to the next.
 */
function columnsKernel(rows: number, arena: TileArena): WasmFunction {
  return defineFunction(
    `columns${rows}`,
    9,
    (
      local,
      tiles,
      kTable,
      aOffset,
      c,
      cStride,
      depth,
      rest,
      accumulates,
      columns,
    ) => {
      const a = local("i32");
      const table = local("i32");
      const tile = accumulators(local, rows, arena);
      const column = local("i32");
      const step = (k: number, entry: number): Code => [
        a.set(i32.add(i32.load(table.get, 4 * entry), aOffset!.get)),
        tile.step(k, (r) => f32x4.loadSplat(a.get, 4 * r)),
      ];
      return repeat(tiles!, [
        table.set(kTable!.get),
        tile.clear,
        unrolled(depth!, (k) => step(k, k)),
        when(rest!.get, [
          table.increase(i32.mul(depth!.get, i32.const(4))),
          singles(rest!, (k) => step(panelDepth + k, k)),
        ]),
        tile.spill,
        Array.from({ length: rows }, (_, r) => [
          finishRow(r, arena, c!, accumulates!, columns!, column),
          c!.increase(cStride!.get),
        ]),
        aOffset!.increase(4 * rows),
      ]);
    },
  );
}

/** Steps 0, 1, 2, … until `depth`, which is tested every `depthStep` steps. */
function unrolled(depth: Local, step: (k: number) => Code): Code {
  const groups = [];
  for (let k = 0; k < panelDepth; k += depthStep) {
    groups.push([
      leaveIf(i32.equal(depth.get, i32.const(k))),
      Array.from({ length: depthStep }, (_, i) => step(k + i)),
    ]);
  }
  return block(groups);
}

/** Fewer than `depthStep` steps, each with a test for the end. */
function singles(rest: Local, step: (k: number) => Code): Code {
  return block(Array.from({ length: depthStep - 1 }, (_, k) => [
    leaveIf(i32.equal(rest.get, i32.const(k))),
    step(k),
  ]));
}
