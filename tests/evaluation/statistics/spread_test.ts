import fc from "fast-check";
import { spread } from "../../../lib/evaluation/statistics/spread.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";

Deno.test("spread() equals SciPy's standard error of the mean", () => {
  const { mean, standardError } = spread(golden.spread.values);
  assertAlmostEquals(mean, golden.spread.mean, 1e-15);
  assertAlmostEquals(standardError, golden.spread.sem, 1e-15);
});

Deno.test("spread() is 0 where nothing varies", () => {
  assertEquals(spread([0.5, 0.5, 0.5]), { mean: 0.5, standardError: 0 });
});

Deno.test("spread() of equal values has that mean and no error, whatever rounding makes of their sum", () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(fc.property(value, fc.integer({ min: 2, max: 50 }), (value, n) => {
    const same = new Array<number>(n).fill(value);
    const { mean, standardError } = spread(same);
    assert(mean === value && standardError === 0);
  }));
});

Deno.test("spread() has a mean between the least and the largest value", () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 2,
  });
  fc.assert(fc.property(values, (values) => {
    const { mean } = spread(values);
    assert(Math.min(...values) <= mean && mean <= Math.max(...values));
  }));
});

Deno.test("spread() refuses a single value and what is none", () => {
  assertThrows(() => spread([1]), RangeError, "at least two values, got 1");
  assertThrows(
    () => spread([1, NaN]),
    RangeError,
    "values to be a number each, got NaN",
  );
});
