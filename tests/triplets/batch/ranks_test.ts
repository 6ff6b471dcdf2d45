import fc from "fast-check";
import { createRandom } from "../../../lib/numeric/random.ts";
import { ranksAmong } from "../../../lib/triplets/batch/ranks.ts";
import {
  nextByCells,
  nextByOrder,
} from "../../../lib/triplets/miners/next_negatives.ts";
import { assert, assertEquals } from "../../assert.ts";

/** Numbers of very different spreads, with ties. */
const values = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 6 }),
    fc.float({ min: 0, max: 1, noNaN: true }),
    fc.float({ min: 0, noNaN: true, noDefaultInfinity: true }),
  ),
  { maxLength: 30 },
);

Deno.test("ranksAmong() counts what is below", () => {
  fc.assert(fc.property(values, values, (some, others) => {
    const ascending = Float32Array.from(some).sort();
    const sought = Float32Array.from([...others, ...ascending]);
    const indices = Int32Array.from(sought.keys());
    const below = (limit: number) =>
      ascending.filter((value) => value < limit).length;
    const upTo = (limit: number) =>
      ascending.filter((value) => value <= limit).length;
    const expected = [below, upTo].map((count) => Array.from(sought, count));
    assertEquals(
      [[...ranksAmong(ascending, sought, indices)], [
        ...ranksAmong(Float64Array.from(ascending), sought, indices, true),
      ]],
      expected,
    );
  }));
});

Deno.test("nextByCells() equals nextByOrder()", () => {
  fc.assert(fc.property(values, values, (some, others) => {
    fc.pre(some.length > 0 && others.length > 0);
    const images = Int32Array.from(
      { length: some.length + others.length },
      (_, i) => i,
    );
    const row = {
      image: -1,
      distances: Float32Array.from([...some, ...others]),
      positives: images.subarray(0, some.length),
      negatives: images.subarray(some.length),
    };
    const found = nextByCells(row);
    if (found) assertEquals(found, nextByOrder(row));
  }));
});

Deno.test("nextByCells() gives up where distances crowd, and only there", () => {
  const random = createRandom(1);
  const rowOf = (spread: (i: number) => number) => ({
    image: -1,
    distances: Float32Array.from({ length: 1000 }, (_, i) => spread(i)),
    positives: Int32Array.from({ length: 100 }, (_, i) => i),
    negatives: Int32Array.from({ length: 900 }, (_, i) => 100 + i),
  });
  const even = rowOf(() => random.uniform());
  assertEquals(nextByCells(even), nextByOrder(even));
  // A trained network: all negatives beyond all positives. And a collapse.
  const apart = rowOf((i) => random.uniform() / 9 + (i < 100 ? 0 : 1));
  assertEquals(nextByCells(apart), nextByOrder(apart));
  const collapsed = rowOf(() => 0);
  assertEquals(nextByCells(collapsed), new Int32Array(100).fill(-1));
  // One positive far away, and so all others in the first of the cells.
  const crowded = rowOf((i) => i === 0 ? 1000 : random.uniform());
  assertEquals(nextByCells(crowded), undefined);
  assert(nextByOrder(crowded).length === 100);
});
