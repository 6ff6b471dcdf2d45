import {
  formatNumber,
  powerOfTen,
} from "../../../../lib/plots/picture/axes/number_format.ts";
import { assertEquals } from "../../../assert.ts";

// What d3-format 3.1 writes, which Plotly uses.
const cases: [value: number, format: string, written: string][] = [
  [0.9712, ".1%", "97.1%"],
  [0.5, ".0%", "50%"],
  [0.05, "~%", "5%"],
  [60_000, ",", "60,000"],
  [1_234_567.5, ",", "1,234,567.5"],
  [999, ",", "999"],
  [3.14159, ".2f", "3.14"],
  [-2.5, ".1f", "−2.5"],
  [0.1234567, ".4~g", "0.1235"],
  [5, ".4~g", "5"],
  [5, ".4g", "5.000"],
  [120_000, ".2~g", "1.2e+5"],
  [1500, ".1e", "1.5e+3"],
  [41.6, "d", "42"],
];
for (const [value, format, written] of cases) {
  Deno.test(`formatNumber() writes ${value} as "${format}"`, () => {
    assertEquals(formatNumber(value, format), written);
  });
}

Deno.test("formatNumber() without a format leaves rounding errors out", () => {
  assertEquals(formatNumber(0.1 + 0.2), "0.3");
  assertEquals(formatNumber(3 * 0.0002), "0.0006");
  assertEquals(formatNumber(-1), "−1");
});

Deno.test("powerOfTen() raises the exponent", () => {
  assertEquals([powerOfTen(-12), powerOfTen(7)], ["10⁻¹²", "10⁷"]);
});
