import fc from "fast-check";
import { lowerBound, upperBound } from "../../lib/numeric/search.ts";
import { assertEquals } from "../assert.ts";

Deno.test("lowerBound() and upperBound() count what is below, and what is not above", () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.float());
  fc.assert(fc.property(fc.array(number), number, (some, other) => {
    const ascending = Float32Array.from(some).filter((x) => !isNaN(x)).sort();
    for (const limit of [...ascending, other]) {
      assertEquals(
        lowerBound(ascending, limit),
        ascending.filter((value) => value < limit).length,
      );
      assertEquals(
        upperBound(ascending, limit),
        ascending.filter((value) => value <= limit).length,
      );
    }
  }));
});
