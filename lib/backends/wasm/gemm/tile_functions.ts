/**
 * The micro-kernels that do all the multiplying: convolutions in all three passes
 * and matrix products in all four transpositions are sweeps of them over a table
 * of addresses.
 *
 * They compute a tile of `R` rows by {@linkcode tileColumns} columns of C = A · B
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
import type { Code, Local } from "../asm/code.ts";
import { block, leaveIf, repeat, when } from "../asm/control.ts";
import { f32x4 } from "../asm/floats.ts";
import { i32 } from "../asm/integers.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { accumulators, declare, finishRow } from "./tile.ts";
import { depthStep, panelDepth, tileRows } from "./tile_size.ts";

/**
 * What the micro-kernels take beside the number of tiles: addresses are the tables'
 * entries plus the offsets; `depth` is a multiple of `depthStep`, then come `rest`
 * single steps; `columns` of C at the offset.
 */
export const tileOperands = [
  "aTable",
  "cTable",
  "aOffset",
  "cOffset",
  "depth",
  "rest",
  "accumulates",
  "columns",
] as const;

/** The micro-kernels of 1 to 6 rows a tile, in this order. */
export const tileFunctions = Array.from(
  { length: tileRows },
  (_, index) => multiplyTiles(index + 1),
);

/** The micro-kernel of so many rows a tile. */
function multiplyTiles(rows: number) {
  return wasmFunction(
    `multiplyTiles${rows}`,
    ["tiles", ...tileOperands],
    (operands, local, target) => {
      const { aTable, cTable, aOffset, cOffset, depth, rest } = operands;
      const { tiles, accumulates, columns } = operands;
      const a = declare(local, "i32", rows);
      const tile = accumulators(local, rows, target);
      const c = local("i32");
      const column = local("i32");
      return repeat(tiles, [
        a.map((row, r) =>
          row.set(i32.add(i32.load(aTable.get, 4 * r), aOffset.get))
        ),
        tile.clear,
        unrolled(
          depth,
          (k) => tile.step(k, (r) => f32x4.loadSplat(a[r]!.get, 4 * k)),
        ),
        when(rest.get, [
          a.map((row) => row.increase(i32.mul(depth.get, i32.const(4)))),
          singles(
            rest,
            (k) =>
              tile.step(
                panelDepth + k,
                (r) => f32x4.loadSplat(a[r]!.get, 4 * k),
              ),
          ),
        ]),
        tile.spill,
        a.map((_, r) => [
          c.set(i32.add(i32.load(cTable.get, 4 * r), cOffset.get)),
          finishRow(r, target, c, accumulates, columns, column),
        ]),
        aTable.increase(4 * rows),
        cTable.increase(4 * rows),
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
