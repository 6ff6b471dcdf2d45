import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import { call, type Code, i32, type Local, when } from "../asm/instructions.ts";
import { declare } from "./tile.ts";
import { tileRows } from "../linking/tile_arena.ts";

const bytes = (floats: Code) => i32.mul(floats, i32.const(4));

/**
 * `sweepRows(count, …)` with all that the micro-kernels take after their number
 * of tiles: full tiles first, then what is left. Up to three rows alone would
 * waste most of a tile's work, so they share it with the last full tile:
 * 8 = 4 + 4.
 */
export function sweepRows(): WasmFunction {
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
