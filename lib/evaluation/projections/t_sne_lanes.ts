/**
 * What t-SNE's inner loop does with the points that it meets, in WebAssembly.
 *
 * @module
 */
import type { Code, Local, ValueType } from "../../backends/wasm/asm/code.ts";
import { f64, f64x2 } from "../../backends/wasm/asm/doubles.ts";
import { f32x4 } from "../../backends/wasm/asm/floats.ts";

/** Four points that a turn of the loop meets, and sums over all that it met. */
export interface TurnLanes {
  /** Bytes from the turn's first point. */
  offset: number;
  /** yᵢ − yⱼ along each axis. */
  apart: Local[];
  weight: Local;
  force: Local;
  /** Pull along each axis, push along each, weights. */
  sums: Local[];
}

/** Points that a turn of the loop meets: two vectors of four. */
export const pointsATurn = 8;
export const turnBytes = 4 * pointsATurn;

/** The sums of a row: pull and push along each axis, and the weights. */
export const sumsOf = (dimensions: number) => 2 * dimensions + 1;

/** A row's record: its sums in float64, then room for the lanes of each. */
export const recordBytes = (dimensions: number) =>
  sumsOf(dimensions) * (8 + turnBytes);

export function declareLanes(
  local: (type: ValueType) => Local,
  dimensions: number,
): TurnLanes[] {
  const some = (length: number) => Array.from({ length }, () => local("v128"));
  return [0, 16].map((offset) => ({
    offset,
    apart: some(dimensions),
    weight: local("v128"),
    force: local("v128"),
    sums: some(sumsOf(dimensions)),
  }));
}

/** Where a turn finds what it needs. */
export interface Turn {
  /** yᵢ, in all lanes, along each axis. */
  here: Local[];
  /** Addresses of the turn's points, along each axis. */
  points: Code[];
  /** Address of their p. */
  p: Code;
  /** Address of factors, 0 for i itself and 1 for others; if i may be there. */
  others?: Code;
}

/** Meets a turn's points. */
export function meet(
  lanes: TurnLanes[],
  { here, points, p, others }: Turn,
): Code {
  const { load, add, sub, mul, div, constant } = f32x4;
  return lanes.map(({ offset, apart, weight, force, sums }) => {
    const increase = (sum: Local, value: Code) => sum.set(add(sum.get, value));
    const along = (sums: Local[]) =>
      apart.map((d, axis) => increase(sums[axis]!, mul(force.get, d.get)));
    const inverse = div(
      constant(1),
      apart.reduce((sum, d) => add(sum, mul(d.get, d.get)), constant(1)),
    );
    return [
      apart.map((d, axis) =>
        d.set(sub(here[axis]!.get, load(points[axis]!, offset)))
      ),
      weight.set(others ? mul(inverse, load(others, offset)) : inverse),
      force.set(mul(load(p, offset), weight.get)),
      along(sums),
      force.set(mul(weight.get, weight.get)),
      along(sums.slice(apart.length)),
      increase(sums.at(-1)!, weight.get),
    ];
  });
}

export function clearSums(lanes: TurnLanes[]): Code {
  return lanes.map(({ sums }) => sums.map((sum) => sum.set(f32x4.constant(0))));
}

/** Adds the lanes' sums to those of a record. */
export function addSums(lanes: TurnLanes[], record: Code): Code {
  const count = lanes[0]!.sums.length;
  return Array.from({ length: count }, (_, sum) => {
    const room = 8 * count + turnBytes * sum;
    const half = (of: (floats: Code) => Code) =>
      lanes.map(({ offset }) => of(f32x4.load(record, room + offset)))
        .reduce((a, b) => f64x2.add(a, b));
    const total = f64x2.total(
      f64x2.add(half(f64x2.ofLow), half(f64x2.ofHigh)),
    );
    return [
      lanes.map(({ offset, sums }) =>
        f32x4.store(record, sums[sum]!.get, room + offset)
      ),
      f64.store(record, f64.add(f64.load(record, 8 * sum), total), 8 * sum),
    ];
  });
}
