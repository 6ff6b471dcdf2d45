import { linkFunctions } from "../../backends/wasm/linking/linker.ts";
import { othersTable, tSneForces } from "./t_sne_kernel.ts";
import { pointsATurn, recordBytes } from "./t_sne_lanes.ts";

const pageBytes = 65536;
/** Its square is infinite in float32, and 1 / (1 + that) is 0. */
const farAway = 1e30;
/** Floats that are almost 0 are slow, and smaller than any sum's rounding. */
const leastProbability = 1e-30;

/** The points of a picture in WebAssembly's memory, and what they do to each. */
export interface TSneForces {
  /** `[dimensions, floatsARow]`: where the points are; only the first n count. */
  places: Float32Array;
  floatsARow: number;
  /** `[n, numbersARecord]`: each begins with the sums that the kernel gives. */
  records: Float64Array;
  numbersARecord: number;
  /** Computes the records of `count` points from `first` on. */
  compute(first: number, count: number): void;
}

/**
 * Makes ready for computing forces in a memory of their own.
 *
 * @param p `[n (n − 1) / 2]`, as `jointProbabilitySteps` gives them; copied.
 * @param count n, the number of points.
 * @param dimensions Axes of the picture, 1 to 3.
 *
 * @example Two points that should be neighbours, and one that is in their way
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const forces = prepareForces(Float64Array.of(0.5, 0, 0), 3, 1);
 * forces.places.set([0, 1, 0]);
 * forces.compute(0, 3);
 * const [pull, push, weights] = forces.records;
 * assert.deepEqual([pull, push, weights], [-0.25, -0.25, 1.5]);
 * ```
 */
export function prepareForces(
  p: Float64Array,
  count: number,
  dimensions: number,
): TSneForces {
  const floatsARow = Math.ceil(count / pointsATurn) * pointsATurn;
  const numbersARecord = recordBytes(dimensions) / 8;
  const at = layOut(count, floatsARow, dimensions);
  const pages = Math.ceil(at.end / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { buffer } = memory;
  const run = linkFunctions(memory);
  const forces = tSneForces(dimensions);
  new Float32Array(buffer, at.others, othersTable.length).set(othersTable);
  spread(
    p,
    count,
    floatsARow,
    new Float32Array(buffer, at.p, count * floatsARow),
  );
  const places = new Float32Array(buffer, at.points, dimensions * floatsARow);
  return {
    places: places.fill(farAway),
    floatsARow,
    records: new Float64Array(buffer, at.records, count * numbersARecord),
    numbersARecord,
    compute(first, count) {
      const { points, p, others, records } = at;
      const pitch = 4 * floatsARow;
      run(forces, { points, p, others, records, pitch, first, count });
    },
  };
}

/** Addresses of what the kernel needs, with `end` behind all. */
function layOut(count: number, floatsARow: number, dimensions: number) {
  const p = 0;
  const points = p + 4 * floatsARow * count;
  const records = points + 4 * floatsARow * dimensions;
  const others = records + count * recordBytes(dimensions);
  const end = others + othersTable.byteLength;
  return { p, points, records, others, end };
}

/** Both directions of each pair, in rows. */
function spread(
  p: Float64Array,
  count: number,
  floatsARow: number,
  rows: Float32Array,
): void {
  for (let i = 0, pair = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const value = p[pair++]!;
      if (value < leastProbability) continue;
      rows[i * floatsARow + j] = value;
      rows[j * floatsARow + i] = value;
    }
  }
}
