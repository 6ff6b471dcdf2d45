import { speedChart } from "../../../lib/plots/learning/speed_chart.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("speedChart() draws medians, how far the values reach, and lines", () => {
  const { data, layout } = speedChart(
    { slow: [1, 4, 2], fast: [9] },
    { unit: "images/s", lines: { peak: 12 } },
  );
  const { array, arrayminus } = data[0]!.error_x as Record<string, number[]>;
  assertEquals(data[0]!.x, [2, 9]);
  assertEquals(array, [2, 0]);
  assertEquals(arrayminus, [1, 0]);
  const [line] = layout.shapes as { x0: number; x1: number }[];
  assertEquals([line!.x0, line!.x1], [12, 12]);
  const texts = layout.annotations as { text: string; x: number }[];
  assertEquals([texts[0]!.text, texts[0]!.x], ["peak", 12]);
  assertEquals(texts.slice(1).map(({ text }) => text), ["2", "9"]);
});

Deno.test("speedChart() draws the middle half of many speeds", () => {
  const speeds = [100, 3, 4, 1, 5, 2, 0, 6]; // sorted: 0 1 2 3 4 5 6 100
  const { array, arrayminus } = speedChart({ many: speeds }).data[0]!
    .error_x as Record<string, number[]>;
  assertEquals([array, arrayminus], [[1.5], [1.5]]);
});

Deno.test("speedChart() refuses no name and no speed", () => {
  assertThrows(() => speedChart({}), RangeError, "1 or more, got 0");
  assertThrows(
    () => speedChart({ slow: [] }),
    RangeError,
    "Cannot draw speeds: expected the speeds of slow",
  );
});
