import { clearBytes } from "../../backends/wasm/asm/blocks.ts";
import type { Code } from "../../backends/wasm/asm/code.ts";
import {
  doWhile,
  forEach,
  repeat,
  when,
} from "../../backends/wasm/asm/control.ts";
import { f32x4 } from "../../backends/wasm/asm/floats.ts";
import { i32 } from "../../backends/wasm/asm/integers.ts";
import { wasmFunction } from "../../backends/wasm/asm/wasm_function.ts";
import {
  addSums,
  clearSums,
  declareLanes,
  meet,
  pointsATurn,
  recordBytes,
  sumsOf,
  turnBytes,
} from "./t_sne_lanes.ts";

/** Turns whose points the lanes sum up before float64 takes their sums. */
const turnsAStretch = 64;

/** Factors for the points of a turn: 0 for one of them, wherever it is. */
export const othersTable = Float32Array.from(
  { length: 2 * pointsATurn - 1 },
  (_, place) => place === pointsATurn - 1 ? 0 : 1,
);

/**
 * What all points
 * do to each of `count` points from `first` on. With d = yᵢ − yⱼ and
 * w = 1 / (1 + ‖d‖²), the sums in the record of i are over j ≠ i: the pull
 * pᵢⱼ w d along each axis, then the push w² d along each, and last the weights w.
 *
 * Each of a sum's eight lanes adds up to 64 numbers in float32, and float64 adds
 * the lanes. So a sum is within 64 · 2⁻²⁴ = 4 · 10⁻⁶ of its terms' total size,
 * however many points there are, but for the rounding of the terms.
 *
 * No row knows of another, and no product is fused with a sum: the bits are the
 * same however rows are shared out, and on every processor.
 *
 * Operands: `points` `[dimensions, pitch]` float32, with points behind the last
 * one that are so far away that their weight is 0; `p` `[n, pitch]` float32, 0
 * behind the last one; `others`, the table above; `records` `[n, recordBytes]`;
 * `pitch`, the bytes between rows, a multiple of 32.
 */
export function tSneForces(dimensions: number) {
  return wasmFunction(
    `tSneForces${dimensions}`,
    ["points", "p", "others", "records", "pitch", "first", "count"],
    ({ points, p, others, records, pitch, first, count }, local) => {
      const [row, record] = [local("i32"), local("i32")];
      const [at, stop, diagonal] = [local("i32"), local("i32"), local("i32")];
      const axes = Array.from({ length: dimensions }, () => local("i32"));
      const here = axes.map(() => local("v128"));
      const lanes = declareLanes(local, dimensions);

      const own = i32.mul(first.get, i32.const(4));
      const turn = {
        here,
        points: axes.map((axis) => i32.add(axis.get, at.get)),
        p: i32.add(row.get, at.get),
      };
      // The table's 0 comes to the place that the row's own point has.
      const factors = i32.sub(
        i32.add(others.get, i32.const(turnBytes - 4)),
        i32.and(own, i32.const(turnBytes - 1)),
      );
      const stretch = [
        clearSums(lanes),
        stop.set(
          i32.min(
            i32.add(at.get, i32.const(turnsAStretch * turnBytes)),
            pitch.get,
          ),
        ),
        forEach(
          at,
          i32.min(stop.get, diagonal.get),
          turnBytes,
          meet(lanes, turn),
        ),
        when(
          i32.and(
            i32.equal(at.get, diagonal.get),
            i32.lessThan(at.get, stop.get),
          ),
          [
            meet(lanes, { ...turn, others: factors }),
            at.increase(turnBytes),
          ],
        ),
        forEach(at, stop.get, turnBytes, meet(lanes, turn)),
        addSums(lanes, record.get),
      ];
      const behind = (base: typeof at, rows: typeof at, bytes: Code) =>
        i32.add(base.get, i32.mul(rows.get, bytes));
      return [
        row.set(behind(p, first, pitch.get)),
        record.set(
          behind(records, first, i32.const(recordBytes(dimensions))),
        ),
        axes.map((axis, index) =>
          axis.set(behind(points, pitch, i32.const(index)))
        ),
        repeat(count, [
          axes.map((axis, index) =>
            here[index]!.set(f32x4.loadSplat(i32.add(axis.get, own)))
          ),
          diagonal.set(i32.and(own, i32.const(-turnBytes))),
          clearBytes(record.get, i32.const(8 * sumsOf(dimensions))),
          at.set(i32.const(0)),
          doWhile(i32.lessThan(at.get, pitch.get), stretch),
          first.increase(1),
          row.increase(pitch.get),
          record.increase(recordBytes(dimensions)),
        ]),
      ];
    },
  );
}
