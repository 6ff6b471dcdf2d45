import fc from "fast-check";
import { prepareForces } from "../../../lib/evaluation/projections/t_sne_forces.ts";
import { tSneGradients } from "../../../lib/evaluation/projections/t_sne_gradients.ts";
import {
  type Axes,
  origin,
  tSneDivergence,
} from "../../../lib/evaluation/projections/t_sne_divergence.ts";
import {
  atRest,
  move,
} from "../../../lib/evaluation/projections/t_sne_motion.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { jointProbabilities, tSneGradient } from "./oracle.ts";

/** Random neighbours and places, which float32 can hold. */
function picture(
  { count, dimensions, spread, seed }: {
    count: number;
    dimensions: number;
    spread: number;
    seed: number;
  },
): { p: Float64Array; points: Axes; count: number; dimensions: number } {
  const { normal, uniform } = createRandom(seed);
  const pairs = count * (count - 1) / 2;
  const chances = Float64Array.from({ length: pairs }, () => uniform() ** 4);
  const sum = chances.reduce((a, b) => a + b);
  const points = origin(count);
  for (const axis of points.slice(0, dimensions)) {
    for (let i = 0; i < count; i++) axis[i] = Math.fround(spread * normal());
  }
  const p = chances.map((chance) => Math.fround(chance / (2 * sum)));
  return { p, points, count, dimensions };
}

const pictures = fc.record({
  count: fc.oneof(
    fc.integer({ min: 2, max: 40 }),
    // About the ends of turns and stretches.
    fc.constantFrom(63, 64, 65, 511, 512, 513, 520, 521, 1030),
  ),
  dimensions: fc.integer({ min: 1, max: 3 }),
  spread: fc.constantFrom(1e-4, 1, 30, 1000),
  seed: fc.nat(),
}).map(picture);

function squaredDistance(points: Axes, i: number, j: number): number {
  const [x, y, z] = points;
  return (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2 + (z[i]! - z[j]!) ** 2;
}

/** The sizes of all forces on each point along an axis, added up. */
function sizes(
  p: Float64Array,
  points: Axes,
  axis: number,
  exaggeration: number,
): Float64Array {
  const count = points[0].length;
  const total = new Float64Array(count);
  const weight = (i: number, j: number) =>
    1 / (1 + squaredDistance(points, i, j));
  let weights = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) weights += 2 * weight(i, j);
  }
  for (let i = 0, pair = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const w = weight(i, j);
      const apart = Math.abs(points[axis]![i]! - points[axis]![j]!);
      const size = 4 * (exaggeration * p[pair++]! + w / weights) * w * apart;
      total[i]! += size;
      total[j]! += size;
    }
  }
  return total;
}

Deno.test("tSneGradients() are the reference's within float32's rounding", () => {
  fc.assert(
    fc.property(pictures, fc.constantFrom(1, 12), (picture, exaggeration) => {
      const { p, points, count, dimensions } = picture;
      const found = tSneGradients(p, count, dimensions)(points, exaggeration);
      const exact = tSneGradient(p, points, exaggeration);
      exact.forEach((slopes, axis) => {
        const size = sizes(p, points, axis, exaggeration);
        slopes.forEach((slope, i) => {
          const off = Math.abs(found[axis]![i]! - slope);
          assert(off <= 1e-5 * size[i]!, `${off} of ${size[i]}`);
        });
      });
    }),
    { numRuns: 40 },
  );
});

/** What the kernel does, number by number, with the sums of one row. */
function sumsInFloat32(
  { p, points, count, dimensions }: ReturnType<typeof picture>,
  i: number,
): number[] {
  const { fround } = Math;
  const totals = new Array<number>(2 * dimensions + 1).fill(0);
  for (let start = 0; start < count; start += 512) {
    const lanes = totals.map(() => new Float32Array(8));
    for (let j = start; j < Math.min(start + 512, count); j++) {
      if (j === i) continue;
      const apart = points.slice(0, dimensions)
        .map((axis) => fround(axis[i]! - axis[j]!));
      const w = fround(
        1 / apart.reduce((sum, d) => fround(sum + fround(d * d)), 1),
      );
      const [low, high] = [Math.min(i, j), Math.max(i, j)];
      const pair = low * (2 * count - low - 3) / 2 + high - 1;
      const pull = fround(p[pair]! * w), push = fround(w * w);
      [
        ...apart.map((d) => fround(pull * d)),
        ...apart.map((d) => fround(push * d)),
        w,
      ].forEach((term, sum) => lanes[sum]![j % 8]! += term);
    }
    lanes.forEach(([a, b, c, d, e, f, g, h], sum) =>
      totals[sum]! += a! + e! + (c! + g!) + (b! + f! + (d! + h!))
    );
  }
  return totals;
}

Deno.test("prepareForces() computes what float32 says, to the last bit, in any pieces", () => {
  fc.assert(
    fc.property(pictures, fc.integer({ min: 1, max: 50 }), (picture, piece) => {
      const { p, points, count, dimensions } = picture;
      const forces = prepareForces(p, count, dimensions);
      const { floatsARow, numbersARecord } = forces;
      for (let axis = 0; axis < dimensions; axis++) {
        forces.places.set(points[axis]!, axis * floatsARow);
      }
      forces.records.fill(NaN);
      // The last piece first.
      const firsts = Array.from(
        { length: Math.ceil(count / piece) },
        (_, at) => at * piece,
      );
      for (const first of firsts.reverse()) {
        forces.compute(first, Math.min(piece, count - first));
      }
      for (let i = 0; i < count; i += 1 + Math.floor(count / 50)) {
        const start = i * numbersARecord;
        const found = forces.records.slice(start, start + 2 * dimensions + 1);
        assertEquals([...found], sumsInFloat32(picture, i));
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("tSneGradients() are as near with 5,000 points, and 0 along other axes", () => {
  const count = 5000;
  const { p, points } = picture({ count, dimensions: 2, spread: 20, seed: 1 });
  const [x, , z] = tSneGradients(p, count, 2)(points, 1);
  const [exact] = tSneGradient(p, points, 1);
  const size = sizes(p, points, 0, 1);
  x.forEach((slope, i) =>
    assert(Math.abs(slope - exact[i]!) <= 1e-5 * size[i]!)
  );
  assert(z.every((slope) => slope === 0));
});

Deno.test("tSneGradients() of the same places are the same, wherever the points were before", () => {
  const { p, points, count } = picture({
    count: 77,
    dimensions: 2,
    spread: 3,
    seed: 2,
  });
  const gradientAt = tSneGradients(p, count, 2);
  const once = gradientAt(points, 1);
  gradientAt(origin(count), 12);
  assertEquals(gradientAt(points, 1), once);
  assertEquals(tSneGradients(p, count, 2)(points, 1), once);
});

Deno.test("tSneGradients() lead to the divergence that the reference leads to", () => {
  // With wide neighbourhoods. With narrow ones there are many valleys, and the
  // last bit of a slope can decide into which one the points come.
  const { normal } = createRandom(1);
  const values = Float32Array.from({ length: 600 }, normal);
  const p = jointProbabilities({ values, count: 300, size: 2 }, 90);
  const after1000Steps = (gradientAt: Parameters<typeof move>[0]) => {
    const motion = atRest(origin(300));
    values.forEach((value, at) =>
      motion.points[at % 2]![Math.floor(at / 2)] = 1e-4 * value
    );
    for (let step = 1; step <= 1000; step++) move(gradientAt, motion, step);
    return tSneDivergence(p, motion.points);
  };
  const exact = after1000Steps((points, exaggeration) =>
    tSneGradient(p, points, exaggeration)
  );
  const found = after1000Steps(tSneGradients(p, 300, 2));
  assertAlmostEquals(found, exact, 1e-6 * exact);
});
