import type { Code, Local } from "../asm/code.ts";
import { call, valuesOf, when } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { tileFunctions, tileOperands } from "./tile_functions.ts";
import { tileRows } from "./tile_size.ts";

const bytes = (floats: Code) => i32.mul(floats, i32.const(4));

/**
 * Multiplies `count` rows with a panel: full tiles first, then what is left. Up to
 * three rows alone would waste most of a tile's work, so they share it with the last
 * full tile: 8 = 4 + 4.
 */
export const sweepRows = wasmFunction(
  "sweepRows",
  ["count", ...tileOperands],
  ({ count, ...operands }, local) => {
    const { aTable, cTable } = operands;
    const [tiles, left, shared] = [local("i32"), local("i32"), local("i32")];
    const full = i32.const(tileRows);
    const run = (height: number, tiles: Code) =>
      call(tileFunctions[height - 1]!, { tiles, ...valuesOf(operands) });
    /** One tile of as many rows as `height` says. */
    const runOne = (height: Local) =>
      Array.from({ length: tileRows }, (_, i) =>
        when(
          i32.equal(height.get, i32.const(i + 1)),
          run(i + 1, i32.const(1)),
        ));
    const goOn = (rows: Local) => [
      aTable.increase(bytes(rows.get)),
      cTable.increase(bytes(rows.get)),
      left.increase(i32.sub(i32.const(0), rows.get)),
    ];
    const height = shared;
    return [
      tiles.set(i32.div(count.get, full)),
      left.set(i32.sub(count.get, i32.mul(tiles.get, full))),
      shared.set(i32.and(
        i32.and(
          i32.lessThan(i32.const(0), left.get),
          i32.lessThan(left.get, i32.const(4)),
        ),
        i32.lessThan(full, count.get),
      )),
      tiles.set(i32.sub(tiles.get, shared.get)),
      left.set(count.get),
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
