import {
  checkPlotted,
  median,
  plotted,
  round,
} from "../../../lib/plots/figures/numbers.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

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

Deno.test("checkPlotted() refuses what is no number, none and another count", () => {
  checkPlotted("draw", "values", [NaN, -Infinity]);
  const cases: [unknown, number | undefined, string][] = [
    [[], undefined, "expected values, got none"],
    [[1], 2, "expected 2 values, got 1"],
    [[1, null], 2, "expected values to be numbers, got null at 1"],
    [["1"], undefined, 'expected values to be numbers, got "1" at 0'],
    ["11", 2, 'expected values to be a list, got "11"'],
  ];
  for (const [values, count, message] of cases) {
    assertThrows(
      () => checkPlotted("draw", "values", values, count),
      RangeError,
      `Cannot draw: ${message}`,
    );
  }
});
