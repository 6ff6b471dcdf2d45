/**
 * The loops around the micro-kernels: a product is cut into panels of columns
 * and of k, each panel is packed once, and then swept over the rows.
 *
 * They are WebAssembly too: a training step of NN2 sweeps a hundred thousand
 * panels, and from JavaScript each call costs about as much as three tiles.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "./assembler.ts";
import {
  call,
  type Code,
  forEach,
  i32,
  type Local,
  repeat,
  type ValueType,
  when,
} from "./instructions.ts";
import { declare } from "./tile.ts";
import {
  depthStep,
  panelDepth,
  type TileArena,
  tileRows,
} from "./tile_arena.ts";

const bytes = (floats: Code) => i32.mul(floats, i32.const(4));

/** The functions of this file, for the module. */
export function productKernels(arena: TileArena): WasmFunction[] {
  return [sweepRows(), productRows(arena), productPacked(arena)];
}

/**
 * `sweepRows(count, …)` with all that the micro-kernels take after their number
 * of tiles: full tiles first, then what is left. Up to three rows alone would
 * waste most of a tile's work, so they share it with the last full tile:
 * 8 = 4 + 4.
 */
function sweepRows(): WasmFunction {
  return defineFunction(
    "sweepRows",
    9,
    (local, count, aTable, cTable, ...operands) => {
      const [tiles, left, shared] = declare(local, "i32", 3) as [
        Local,
        Local,
        Local,
      ];
      const full = i32.const(tileRows);
      const run = (height: number, tiles: Code) => [
        call(
          `rows${height}`,
          tiles,
          aTable!.get,
          cTable!.get,
          ...operands.map(({ get }) => get),
        ),
      ];
      /** One tile of as many rows as `height` says. */
      const runOne = (height: Local) =>
        Array.from({ length: tileRows }, (_, i) =>
          when(
            i32.equal(height.get, i32.const(i + 1)),
            run(i + 1, i32.const(1)),
          ));
      const goOn = (rows: Local) => [
        aTable!.increase(bytes(rows.get)),
        cTable!.increase(bytes(rows.get)),
        left.increase(i32.sub(i32.const(0), rows.get)),
      ];
      const height = shared;
      return [
        tiles.set(i32.div(count!.get, full)),
        left.set(i32.sub(count!.get, i32.mul(tiles.get, full))),
        shared.set(i32.and(
          i32.and(
            i32.lessThan(i32.const(0), left.get),
            i32.lessThan(left.get, i32.const(4)),
          ),
          i32.lessThan(full, count!.get),
        )),
        tiles.set(i32.sub(tiles.get, shared.get)),
        left.set(count!.get),
        when(tiles.get, [
          run(tileRows, tiles.get),
          tiles.set(i32.mul(tiles.get, full)),
          goOn(tiles),
        ]),
        when(shared.get, [
          height.set(i32.div(i32.add(left.get, i32.const(1)), i32.const(2))),
          runOne(height),
          goOn(height),
        ]),
        runOne(left),
      ];
    },
  );
}

/** The loop over panels of k of about equal depth: a last one of a few k would be slow. */
function eachPanel(
  local: (type: ValueType) => Local,
  depth: Local,
  body: (panel: { k: Local; whole: Local; rest: Local }) => Code,
): Code {
  const [k, step, part, whole, rest] = declare(local, "i32", 5) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const up = (value: Code, by: Code) =>
    i32.div(i32.sub(i32.add(value, by), i32.const(1)), by);
  const panels = up(depth.get, i32.const(panelDepth));
  const left = i32.sub(depth.get, k.get);
  return [
    step.set(i32.mul(
      up(up(depth.get, panels), i32.const(depthStep)),
      i32.const(depthStep),
    )),
    k.set(i32.const(0)),
    forEach(k, depth.get, step.get, [
      part.set(i32.min(step.get, left)),
      whole.set(i32.and(part.get, i32.const(-depthStep))),
      rest.set(i32.sub(part.get, whole.get)),
      body({ k, whole, rest }),
    ]),
  ];
}

/** The loop over panels of columns. */
function eachColumns(
  { columns: tileColumns }: TileArena,
  columns: Local,
  column: Local,
  width: Local,
  body: Code,
): Code {
  const left = i32.sub(columns.get, column.get);
  return [
    column.set(i32.const(0)),
    forEach(column, columns.get, tileColumns, [
      width.set(i32.min(i32.const(tileColumns), left)),
      body,
    ]),
  ];
}

/** Packs the steps of a panel where they go: the odd ones at the end apart. */
function packPanel(
  arena: TileArena,
  { whole, rest }: { whole: Local; rest: Local },
  pack: (from: Code, count: Code, target: number) => Code,
): Code {
  return [
    when(whole.get, pack(i32.const(0), whole.get, arena.panel)),
    when(
      rest.get,
      pack(
        whole.get,
        rest.get,
        arena.panel + panelDepth * 4 * arena.columns,
      ),
    ),
  ];
}

/**
 * `productRows(ranges, rangeCount, aTable, cTable, aOffset, b, stride,
 * transposed, depth, columns, accumulates)`: see `multiplyRows`; `ranges` is the
 * address of pairs of a first row and a count.
 */
function productRows(arena: TileArena): WasmFunction {
  return defineFunction(
    "productRows",
    12,
    (
      local,
      ranges,
      rangeCount,
      aTable,
      cTable,
      aOffset,
      cOffset,
      b,
      stride,
      transposed,
      depth,
      columns,
      accumulates,
    ) => {
      const [column, width, range, left, source, adds] = declare(
        local,
        "i32",
        6,
      ) as [Local, Local, Local, Local, Local, Local];
      const first = bytes(i32.load(range.get));
      return eachColumns(arena, columns!, column, width, [
        adds.set(accumulates!.get),
        eachPanel(local, depth!, ({ k, whole, rest }) => [
          packPanel(arena, { whole, rest }, (from, count, target) => {
            const row = i32.add(k.get, from);
            const at = (row: Code, column: Code) =>
              i32.add(
                b!.get,
                i32.add(i32.mul(row, stride!.get), bytes(column)),
              );
            const pack = (name: string) =>
              call(
                name,
                source.get,
                stride!.get,
                count,
                width.get,
                i32.const(target),
              );
            return when(
              transposed!.get,
              [source.set(at(column.get, row)), pack("packRows")],
              [source.set(at(row, column.get)), pack("packColumns")],
            );
          }),
          range.set(ranges!.get),
          left.set(rangeCount!.get),
          repeat(left, [
            call(
              "sweepRows",
              i32.load(range.get, 4),
              i32.add(aTable!.get, first),
              i32.add(cTable!.get, first),
              i32.add(aOffset!.get, bytes(k.get)),
              i32.add(cOffset!.get, bytes(column.get)),
              whole.get,
              rest.get,
              adds.get,
              width.get,
            ),
            range.increase(8),
          ]),
          adds.set(i32.const(1)),
        ]),
      ]);
    },
  );
}

/**
 * `productPacked(rows, packedTable, cTable, bTable, depth, columns,
 * accumulates)` with up to `panelDepth` steps of k: rows of A at the addresses of
 * a table, and a table of rows of B.
 */
function productPacked(arena: TileArena): WasmFunction {
  return defineFunction(
    "productPacked",
    7,
    (
      local,
      rows,
      packedTable,
      cTable,
      bTable,
      depth,
      columns,
      accumulates,
    ) => {
      const [column, width, whole, rest] = declare(local, "i32", 4) as [
        Local,
        Local,
        Local,
        Local,
      ];
      return [
        whole.set(i32.and(depth!.get, i32.const(-depthStep))),
        rest.set(i32.sub(depth!.get, whole.get)),
        eachColumns(arena, columns!, column, width, [
          packPanel(arena, { whole, rest }, (from, count, target) =>
            call(
              "packTable",
              i32.add(bTable!.get, bytes(from)),
              bytes(column.get),
              count,
              width.get,
              i32.const(target),
            )),
          call(
            "sweepRows",
            rows!.get,
            packedTable!.get,
            cTable!.get,
            i32.const(0),
            bytes(column.get),
            whole.get,
            rest.get,
            accumulates!.get,
            width.get,
          ),
        ]),
      ];
    },
  );
}
