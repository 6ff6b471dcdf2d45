/**
 * The micro-kernels that do all the multiplying: convolutions in all three passes
 * and matrix products in all four transpositions are sweeps of them over a table
 * of addresses.
 *
 * They compute a tile of `R` rows by {@linkcode TileColumns} columns of C = A · B
 * in registers while k runs over up to {@linkcode panelDepth} steps. A table
 * holds the address where each row of A begins, and k walks along the row: in a
 * convolution, a row is the window of one pixel.
 *
 * Tables replace im2col copies; the idea is XNNPACK's indirection buffer. The
 * panel of B lies packed at a constant address, and so does the finished tile:
 * WebAssembly engines drop the bounds check for those, which in the inner loop
 * is worth a third of the speed.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import {
  block,
  type Code,
  f32x4,
  i32,
  leaveIf,
  type Local,
  repeat,
  when,
} from "../asm/instructions.ts";
import { accumulators, declare, finishRow } from "./tile.ts";
import {
  depthStep,
  panelDepth,
  type TileArena,
  tileRows,
} from "../linking/tile_arena.ts";

/** Writes `rows1` to `rows6`. */
export function tileKernels(arena: TileArena): WasmFunction[] {
  return Array.from(
    { length: tileRows },
    (_, index) => rowsKernel(index + 1, arena),
  );
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
