/**
 * The loops around the micro-kernels: a product is cut into panels of columns
 * and of k, each panel is packed once, and then swept over the rows.
 *
 * They are WebAssembly too: a training step of NN2 sweeps a hundred thousand
 * panels, and from JavaScript each call costs about as much as three tiles.
 *
 * @module
 */
import type { Code } from "../asm/code.ts";
import { call, repeat, when } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { packColumns, packRows, packTable } from "./pack_functions.ts";
import { eachColumns, eachPanel, packPanel } from "./panels.ts";
import { sweepRows } from "./sweep_rows.ts";
import { depthStep } from "./tile_size.ts";

const bytes = (floats: Code) => i32.mul(floats, i32.const(4));

/**
 * A product whose rows of A are contiguous along k, see `multiplyRows`; `ranges` is
 * the address of pairs of a first row and a count.
 */
export const productRows = wasmFunction(
  "productRows",
  [
    "ranges",
    "rangeCount",
    "aTable",
    "cTable",
    "aOffset",
    "cOffset",
    "b",
    "stride",
    "transposed",
    "depth",
    "columns",
    "accumulates",
  ],
  (operands, local, target) => {
    const { ranges, rangeCount, aTable, cTable, aOffset, cOffset } = operands;
    const { b, stride, transposed, depth, columns, accumulates } = operands;
    const [column, width, range] = [local("i32"), local("i32"), local("i32")];
    const [left, source, adds] = [local("i32"), local("i32"), local("i32")];
    const first = bytes(i32.load(range.get));
    /** The address of a value of B, as it is stored. */
    const at = (row: Code, column: Code) =>
      i32.add(b.get, i32.add(i32.mul(row, stride.get), bytes(column)));
    return eachColumns(target, columns, column, width, [
      adds.set(accumulates.get),
      eachPanel(local, depth, ({ k, whole, rest }) => [
        packPanel(target, { whole, rest }, (from, count, place) => {
          const row = i32.add(k.get, from);
          const packed = {
            source: source.get,
            stride: stride.get,
            rows: count,
            columns: width.get,
            target: place,
          };
          return when(
            transposed.get,
            [source.set(at(column.get, row)), call(packRows, packed)],
            [source.set(at(row, column.get)), call(packColumns, packed)],
          );
        }),
        range.set(ranges.get),
        left.set(rangeCount.get),
        repeat(left, [
          call(sweepRows, {
            count: i32.load(range.get, 4),
            aTable: i32.add(aTable.get, first),
            cTable: i32.add(cTable.get, first),
            aOffset: i32.add(aOffset.get, bytes(k.get)),
            cOffset: i32.add(cOffset.get, bytes(column.get)),
            depth: whole.get,
            rest: rest.get,
            accumulates: adds.get,
            columns: width.get,
          }),
          range.increase(8),
        ]),
        adds.set(i32.const(1)),
      ]),
    ]);
  },
);

/**
 * A product with up to `panelDepth` steps of k: rows of A at the addresses of a
 * table, and a table of rows of B.
 */
export const productPacked = wasmFunction(
  "productPacked",
  [
    "rows",
    "packedTable",
    "cTable",
    "bTable",
    "depth",
    "columns",
    "accumulates",
  ],
  (operands, local, target) => {
    const { rows, packedTable, cTable, bTable } = operands;
    const { depth, columns, accumulates } = operands;
    const [column, width] = [local("i32"), local("i32")];
    const [whole, rest] = [local("i32"), local("i32")];
    return [
      whole.set(i32.and(depth.get, i32.const(-depthStep))),
      rest.set(i32.sub(depth.get, whole.get)),
      eachColumns(target, columns, column, width, [
        packPanel(
          target,
          { whole, rest },
          (from, count, place) =>
            call(packTable, {
              table: i32.add(bTable.get, bytes(from)),
              offset: bytes(column.get),
              rows: count,
              columns: width.get,
              target: place,
            }),
        ),
        call(sweepRows, {
          count: rows.get,
          aTable: packedTable.get,
          cTable: cTable.get,
          aOffset: i32.const(0),
          cOffset: bytes(column.get),
          depth: whole.get,
          rest: rest.get,
          accumulates: accumulates.get,
          columns: width.get,
        }),
      ]),
    ];
  },
);
