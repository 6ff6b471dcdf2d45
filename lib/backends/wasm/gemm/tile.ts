/**
 * What micro-kernels do with a tile: sum in registers, and write to C.
 *
 * @module
 */
import type { Code, Declare, Local, Target, ValueType } from "../asm/code.ts";
import { forEach, when } from "../asm/control.ts";
import { f32, f32x4 } from "../asm/floats.ts";
import { i32 } from "../asm/integers.ts";
import { panel, tile, tileColumns } from "./tile_size.ts";

const origin = i32.const(0);

/** Several locals of one type. */
export function declare(
  local: Declare,
  type: ValueType,
  count: number,
): Local[] {
  return Array.from({ length: count }, () => local(type));
}

/** The tile in registers and what the kernels do with it. */
export function accumulators(local: Declare, rows: number, target: Target) {
  const vectors = tileColumns(target) / 4;
  const rowBytes = tileColumns(target) * 4;
  const sums = Array.from(
    { length: rows },
    () => declare(local, "v128", vectors),
  );
  const b = declare(local, "v128", vectors);
  const a = local("v128");
  const panelAt = target.addressOf(panel);
  const tileAt = target.addressOf(tile);
  return {
    clear: sums.flat().map((sum) => sum.set(f32x4.constant(0))),
    /** One k: row `k` of the panel times one value of each row of A. */
    step: (k: number, load: (row: number) => Code): Code => [
      b.map((vector, v) =>
        vector.set(f32x4.load(origin, panelAt + k * rowBytes + 16 * v))
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
        f32x4.store(origin, sum.get, tileAt + r * rowBytes + 16 * v)
      )
    ),
  };
}

/** Row `r` of the tile into C, or onto C's present values. */
export function finishRow(
  r: number,
  target: Target,
  c: Local,
  accumulates: Local,
  columns: Local,
  column: Local,
): Code {
  const width = tileColumns(target);
  const row = target.addressOf(tile) + r * width * 4;
  const whole = (value: (v: number) => Code): Code =>
    Array.from(
      { length: width / 4 },
      (_, v) => f32x4.store(c.get, value(v), 16 * v),
    );
  const sum = (v: number) => f32x4.load(origin, row + 16 * v);
  // A last panel of fewer columns: one float at a time.
  const at = i32.add(c.get, column.get);
  const part = (value: Code): Code => [
    column.set(i32.const(0)),
    forEach(column, i32.mul(columns.get, i32.const(4)), 4, [
      f32.store(at, value),
    ]),
  ];
  const one = f32.load(column.get, row);
  return when(
    i32.equal(columns.get, i32.const(width)),
    when(
      accumulates.get,
      whole((v) => f32x4.add(sum(v), f32x4.load(c.get, 16 * v))),
      whole(sum),
    ),
    when(accumulates.get, part(f32.add(one, f32.load(at))), part(one)),
  );
}
