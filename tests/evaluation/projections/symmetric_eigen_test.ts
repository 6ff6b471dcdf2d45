import fc from "fast-check";
import { symmetricEigen } from "../../../lib/evaluation/projections/symmetric_eigen.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

function assertDecomposes(matrix: number[][]): void {
  const size = matrix.length;
  const { values, vectors } = symmetricEigen(
    Float64Array.from(matrix.flat()),
    size,
  );
  const largest = Math.max(1, ...matrix.flat().map(Math.abs));
  const rows = matrix.map((_, i) => [
    ...vectors.subarray(i * size, (i + 1) * size),
  ]);
  const dot = (a: number[], b: number[]) =>
    a.reduce((sum, value, j) => sum + value * b[j]!, 0);
  rows.forEach((vector, i) => {
    matrix.forEach((row, j) =>
      assertAlmostEquals(
        dot(row, vector),
        values[i]! * vector[j]!,
        1e-12 * largest * size,
      )
    );
    rows.forEach((other, j) =>
      assertAlmostEquals(dot(vector, other), Number(i === j), 1e-12)
    );
    assert(i === 0 || values[i - 1]! >= values[i]!);
  });
}

Deno.test("symmetricEigen() decomposes symmetric matrices, also with equal eigenvalues", () => {
  const entries = fc.oneof(
    fc.integer({ min: -2, max: 2 }),
    // Without subnormal numbers, which have too few digits to divide by.
    fc.double({ min: -1e3, max: 1e3, noNaN: true })
      .map((value) => Math.abs(value) < 1e-300 ? 0 : value),
    fc.constantFrom(1e-200, 1e150),
  );
  const matrices = fc.integer({ min: 1, max: 7 }).chain((size) =>
    fc.array(entries, { minLength: size ** 2, maxLength: size ** 2 })
      .map((values) =>
        Array.from(
          { length: size },
          (_, i) =>
            Array.from({ length: size }, (_, j) =>
              values[Math.min(i, j) * size + Math.max(i, j)]!),
        )
      )
  );
  fc.assert(fc.property(matrices, assertDecomposes), { numRuns: 300 });
});

Deno.test("symmetricEigen() decomposes a covariance of many dimensions", () => {
  const { normal } = createRandom(1);
  const rows = Array.from(
    { length: 20 },
    () => Array.from({ length: 50 }, normal),
  );
  const column = [...rows[0]!.keys()];
  assertDecomposes(
    column.map((i) =>
      column.map((j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0))
    ),
  );
});

Deno.test("symmetricEigen() leaves a diagonal matrix as it is, but for the order", () => {
  const { values, vectors } = symmetricEigen(
    Float64Array.of(2, 0, 0, 0, 0, 0, 0, 0, 5),
    3,
  );
  assertEquals([...values], [5, 2, 0]);
  assertEquals([...vectors].map(Math.abs), [0, 0, 1, 1, 0, 0, 0, 1, 0]);
});
