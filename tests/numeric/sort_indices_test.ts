import fc from "fast-check";
import { sortIndices } from "../../lib/numeric/sort_indices.ts";
import { assertEquals } from "../assert.ts";

const value = fc.oneof(
  fc.constantFrom(-2, 0, 1, 1.5, Infinity, -Infinity), // ties
  fc.float({ noNaN: true }).filter((x) => !Object.is(x, -0)),
);

Deno.test("sortIndices() sorts by value, and of equal ones keeps the order", () => {
  fc.assert(fc.property(fc.array(value), fc.nat(), (list, step) => {
    const values = Float32Array.from(list);
    // Some of the places, in another order than theirs, some of them twice.
    const indices = Int32Array.from(
      values,
      (_, i) => (i * (step + 1)) % values.length,
    );
    assertEquals(
      [...sortIndices(values, indices)],
      [...indices].sort((a, b) =>
        values[a]! === values[b]! ? 0 : values[a]! < values[b]! ? -1 : 1
      ),
    );
  }));
});
