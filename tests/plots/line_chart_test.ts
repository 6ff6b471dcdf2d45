import { lineChart } from "../../lib/plots/line_chart.ts";
import { assertEquals, assertThrows } from "../assert.ts";

Deno.test("lineChart() keeps long positions and rounds values", () => {
  const { data } = lineChart([{ name: "a", x: [123456], y: [0.123456] }]);
  assertEquals([data[0]!.x, data[0]!.y], [[123456], [0.1235]]);
});

Deno.test("lineChart() names lines only where there are several", () => {
  const line = { name: "a", y: [1, NaN] };
  assertEquals(lineChart([line]).layout.showlegend, false);
  assertEquals(lineChart([line, line]).layout.showlegend, true);
  assertEquals(lineChart([line]).data[0]!.y, [1, null]);
});

Deno.test("lineChart() draws a logarithmic axis where asked", () => {
  const { layout } = lineChart([{ name: "a", y: [1] }], { yLog: true });
  assertEquals((layout.yaxis as { type: string }).type, "log");
});

Deno.test("lineChart() refuses lines without values", () => {
  assertThrows(() => lineChart([]), RangeError, "expected some lines, got 0");
  assertThrows(
    () => lineChart([{ name: "rate", y: [] }]),
    RangeError,
    "Cannot draw the line rate: expected some values, got 0",
  );
  assertThrows(
    () => lineChart([{ name: "rate", y: [1, 2], x: [1] }]),
    RangeError,
    "expected 2 positions, got 1",
  );
});
