/**
 * The loops around the micro-kernels: a product is cut into panels of columns
 * and of k, each panel is packed once, and then swept over the rows.
 *
 * They are WebAssembly too: a training step of NN2 sweeps a hundred thousand
 * panels, and from JavaScript each call costs about as much as three tiles.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import {
  call,
  type Code,
  i32,
  type Local,
  repeat,
  when,
} from "../asm/instructions.ts";
import { eachColumns, eachPanel, packPanel } from "./panels.ts";
import { sweepRows } from "./sweep_rows.ts";
import { declare } from "./tile.ts";
import { depthStep, type TileArena } from "../linking/tile_arena.ts";

const bytes = (floats: Code) => i32.mul(floats, i32.const(4));

/** The functions of this file and the one that they call, for the module. */
export function productKernels(arena: TileArena): WasmFunction[] {
  return [sweepRows(), productRows(arena), productPacked(arena)];
}

/**
 * `productRows(ranges, rangeCount, aTable, cTable, aOffset, cOffset, b, stride,
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
                i32.placed(target),
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
              i32.placed(target),
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
