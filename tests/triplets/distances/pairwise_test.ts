import fc from "fast-check";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import type { Embeddings } from "../../../lib/numeric/embeddings.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  byLoops,
  byProducts,
  pairwise,
} from "../../../lib/triplets/distances/pairwise.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import * as oracle from "../oracle.ts";

/** Points of a normal distribution. */
function points(count: number, size: number, seed: number): Embeddings {
  const random = createRandom(seed);
  const values = Float32Array.from(
    { length: count * size },
    () => random.normal(),
  );
  return { values, count, size };
}

const rowsOf = ({ values, count, size }: Embeddings) =>
  Array.from(
    { length: count },
    (_, i) => [...values.subarray(i * size, (i + 1) * size)],
  );

const shapes = fc.tuple(
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: 9 }),
  fc.nat(),
);

Deno.test("pairwise() gives the same by products as by loops", async () => {
  await useBackend("wasm");
  fc.assert(fc.property(shapes, ([count, size, seed]) => {
    const some = points(count, size, seed);
    const slopes = points(count, count, seed + 1).values;
    const [fast, reference] = [byProducts(some), byLoops(some)];
    reference.distances.forEach((expected, i) =>
      assertAlmostEquals(fast.distances[i]!, expected, 1e-4)
    );
    const gradient = fast.gradient(slopes, 0.5);
    reference.gradient(slopes, 0.5).forEach((expected, i) =>
      assertAlmostEquals(gradient[i]!, expected, 1e-4)
    );
  }));
});

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`pairwise() measures either metric on ${backend}`, async () => {
    await useBackend(backend);
    const some = points(7, 5, 1);
    for (const metric of ["squared", "cosine"] as const) {
      const expected = oracle.matrix(7, oracle[metric](rowsOf(some)));
      pairwise(metric, some).distances.forEach((distance, i) =>
        assertAlmostEquals(distance, expected[i]!, 1e-5)
      );
    }
  });

  Deno.test(`pairwise() has the slope of the distances on ${backend}`, async () => {
    await useBackend(backend);
    const some = points(6, 3, 2);
    const slopes = points(6, 6, 3).values;
    for (const metric of ["squared", "cosine"] as const) {
      const gradient = pairwise(metric, some).gradient(slopes, 2);
      const valueAt = (moved: number, by: number) => {
        const rows = rowsOf(some);
        rows[Math.floor(moved / 3)]![moved % 3]! += by;
        const distance = oracle[metric](rows);
        return slopes.reduce(
          (sum, slope, i) =>
            sum + 2 * slope * distance(Math.floor(i / 6), i % 6),
          0,
        );
      };
      gradient.forEach((actual, i) => {
        const expected = (valueAt(i, 1e-5) - valueAt(i, -1e-5)) / 2e-5;
        assertAlmostEquals(actual, expected, 1e-4);
      });
    }
  });
}

Deno.test("pairwise() by cosine has a finite gradient where a point is 0", async () => {
  await useBackend("cpu");
  const some = { values: Float32Array.of(0, 0, 1, 0), count: 2, size: 2 };
  const slopes = Float32Array.of(0, 1, 1, 0);
  const gradient = pairwise("cosine", some).gradient(slopes, 1);
  assertEquals(gradient.every(Number.isFinite), true);
});
