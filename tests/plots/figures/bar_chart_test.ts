import { barChart } from "../../../lib/plots/figures/bar_chart.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("barChart() keeps names and values in their order", () => {
  const { data } = barChart({ b: 2, a: 1 }, { format: ".0f" });
  assertEquals(data[0]!.x, ["b", "a"]);
  assertEquals(data[0]!.y, [2, 1]);
  assertEquals(data[0]!.texttemplate, "%{y:.0f}");
});

Deno.test("barChart() writes an axis of percentages where the values are some", () => {
  const axis = (format: string) =>
    barChart({ a: 0.5 }, { format }).layout.yaxis as { tickformat?: string };
  assertEquals(axis(".2%").tickformat, "~%");
  assertEquals(axis(".2f").tickformat, undefined);
});

Deno.test("barChart() refuses to draw nothing", () => {
  assertThrows(() => barChart({}), RangeError, "expected values, got none");
});

Deno.test("barChart() leaves out what is not finite and refuses text", () => {
  assertEquals(barChart({ a: NaN, b: 2 }).data[0]?.y, [null, 2]);
  const text = { a: "2" as unknown as number };
  assertThrows(() => barChart(text), RangeError, 'to be numbers, got "2" at 0');
});
