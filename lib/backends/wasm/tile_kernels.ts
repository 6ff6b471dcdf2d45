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
import {
  block,
  type Code,
  defineFunction,
  f32,
  f32x4,
  forEach,
  i32,
  leaveIf,
  type Local,
  repeat,
  type ValueType,
  type WasmFunction,
  when,
} from "./assembler.ts";

/**
 * Rows of a full tile. With two vectors of columns its sums take 12 of the 16
 * vector registers of x86: vectors of four floats, or of eight where V8's
 * revectorizer pairs two instructions into one.
 */
export const tileRows = 6;
/** Columns of a tile: two vectors of four floats, or two pairs of them. */
export type TileColumns = 8 | 16;
/** The most k steps of one sweep: a packed panel of 64 × 8 floats is 2 KiB. */
export const panelDepth = 64;
/** k steps between two tests for the end; the rest run one by one. */
export const depthStep = 8;

/** The sum starts from C's present values instead of the bias. */
export const accumulate = 1;
/** Negative results become 0. */
export const rectify = 2;

/** Where the kernels' constant addresses lie. */
export interface TileArena {
  columns: TileColumns;
  /** `panelDepth` packed rows of B, then up to `depthStep − 1` more. */
  panel: number;
  /** The tile between the registers and C. */
  tile: number;
  /** One value a column, added by sweeps that do not accumulate. */
  bias: number;
}

const origin = i32.const(0);

/** Lays the arena out from an address that is a multiple of 64. */
export function layOutArena(
  address: number,
  columns: TileColumns,
): { arena: TileArena; bytes: number } {
  const rowBytes = columns * 4;
  const tile = address + (panelDepth + depthStep) * rowBytes;
  const bias = tile + tileRows * rowBytes;
  return {
    arena: { columns, panel: address, tile, bias },
    bytes: bias + rowBytes - address,
  };
}

/** Writes `rows1` to `rows6` and `columns1` to `columns6`. */
export function tileKernels(arena: TileArena): WasmFunction[] {
  return Array.from({ length: tileRows }, (_, index) => index + 1).flatMap((
    rows,
  ) => [rowsKernel(rows, arena), columnsKernel(rows, arena)]);
}

/**
 * `rowsR(tiles, aTable, cTable, aOffset, cOffset, depth, rest, mode, columns)`:
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
      mode,
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
          finishRow(r, arena, c, mode!, columns!, column),
        ]),
        aTable!.increase(4 * rows),
        cTable!.increase(4 * rows),
      ]);
    },
  );
}

/**
 * `columnsR(tiles, kTable, aOffset, c, cStride, depth, rest, mode, columns)`:
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
      mode,
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
          finishRow(r, arena, c!, mode!, columns!, column),
          c!.increase(cStride!.get),
        ]),
        aOffset!.increase(4 * rows),
      ]);
    },
  );
}

function declare(
  local: (type: ValueType) => Local,
  type: ValueType,
  count: number,
): Local[] {
  return Array.from({ length: count }, () => local(type));
}

/** The tile in registers and what the kernels do with it. */
function accumulators(
  local: (type: ValueType) => Local,
  rows: number,
  arena: TileArena,
) {
  const vectors = arena.columns / 4;
  const rowBytes = arena.columns * 4;
  const sums = Array.from(
    { length: rows },
    () => declare(local, "v128", vectors),
  );
  const b = declare(local, "v128", vectors);
  const a = local("v128");
  return {
    clear: sums.flat().map((sum) => sum.set(f32x4.constant(0))),
    /** One k: row `k` of the panel times one value of each row of A. */
    step: (k: number, load: (row: number) => Code): Code => [
      b.map((vector, v) =>
        vector.set(
          f32x4.load(origin, arena.panel + k * rowBytes + 16 * v),
        )
      ),
      sums.map((row, r) => [
        a.set(load(r)),
        row.map((sum, v) =>
          sum.set(f32x4.multiplyAdd(a.get, b[v]!.get, sum.get))
        ),
      ]),
    ],
    spill: sums.flatMap((row, r) =>
      row.map((sum, v) =>
        f32x4.store(origin, sum.get, arena.tile + r * rowBytes + 16 * v)
      )
    ),
  };
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

/** Row `r` of the tile into C: plus C or the bias, rectified if asked for. */
function finishRow(
  r: number,
  arena: TileArena,
  c: Local,
  mode: Local,
  columns: Local,
  column: Local,
): Code {
  const tile = arena.tile + r * arena.columns * 4;
  const accumulates = i32.and(mode.get, i32.const(accumulate));
  const rectifies = i32.and(mode.get, i32.const(rectify));
  const vectorSum = (term: (v: number) => Code, limit: boolean): Code =>
    Array.from({ length: arena.columns / 4 }, (_, v) => {
      const sum = f32x4.add(f32x4.load(origin, tile + 16 * v), term(v));
      return f32x4.store(
        c.get,
        limit ? f32x4.max(sum, f32x4.constant(0)) : sum,
        16 * v,
      );
    });
  const whole = (limit: boolean) =>
    when(
      accumulates,
      vectorSum((v) => f32x4.load(c.get, 16 * v), limit),
      vectorSum((v) => f32x4.load(origin, arena.bias + 16 * v), limit),
    );
  // A last panel of fewer columns: one float at a time.
  const at = i32.add(c.get, column.get);
  const part = [
    column.set(i32.const(0)),
    forEach(column, i32.mul(columns.get, i32.const(4)), 4, [
      when(
        accumulates,
        f32.store(at, f32.add(f32.load(column.get, tile), f32.load(at))),
        f32.store(
          at,
          f32.add(f32.load(column.get, tile), f32.load(column.get, arena.bias)),
        ),
      ),
      when(
        rectifies,
        f32.store(at, f32.max(f32.load(at), f32.const(0))),
      ),
    ]),
  ];
  return when(
    i32.equal(columns.get, i32.const(arena.columns)),
    when(rectifies, whole(true), whole(false)),
    part,
  );
}
