import { spread } from "../../lib/evaluation/spread.ts";
import golden from "../fixtures/measures.json" with { type: "json" };
import { assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";

Deno.test("spread() equals SciPy's standard error of the mean", () => {
  const { mean, standardError } = spread(golden.spread.values);
  assertAlmostEquals(mean, golden.spread.mean, 1e-15);
  assertAlmostEquals(standardError, golden.spread.sem, 1e-15);
});

Deno.test("spread() is 0 where nothing varies", () => {
  assertEquals(spread([0.5, 0.5, 0.5]), { mean: 0.5, standardError: 0 });
});

Deno.test("spread() refuses a single value and what is none", () => {
  assertThrows(() => spread([1]), RangeError, "at least two values, got 1");
  assertThrows(() => spread([1, NaN]), RangeError, "finite values, got NaN");
});
