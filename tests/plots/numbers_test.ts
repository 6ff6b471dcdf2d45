import { checkCount, median, plotted, round } from "../../lib/plots/numbers.ts";
import { assertEquals, assertThrows } from "../assert.ts";

Deno.test("round() keeps significant digits", () => {
  assertEquals([0, -1234.5, 1e-9 / 3].map((value) => round(value)), [
    0,
    -1235, // halves go away from zero
    3.333e-10,
  ]);
  assertEquals(round(123456, 6), 123456);
});

Deno.test("plotted() replaces what is not finite by a gap", () => {
  assertEquals(plotted([NaN, Infinity, -0.00005]), [null, null, -0.00005]);
  assertEquals(plotted(Float32Array.of(0.1)), [0.1]); // not 0.10000000149
});

Deno.test("median() is the middle of the sorted values", () => {
  assertEquals([[5], [9, 1], [10, 9, 1], [4, 3, 2, 1]].map(median), [
    5,
    5,
    9,
    2.5,
  ]);
});

Deno.test("checkCount() says what was expected", () => {
  assertThrows(
    () => checkCount("draw", "values", []),
    RangeError,
    "Cannot draw: expected some values, got 0",
  );
  assertThrows(
    () => checkCount("draw", "values", [1], 2),
    RangeError,
    "Cannot draw: expected 2 values, got 1",
  );
});
