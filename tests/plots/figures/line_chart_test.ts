import { lineChart } from "../../../lib/plots/figures/line_chart.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

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

Deno.test("lineChart() draws error bars, ticks and percents where asked", () => {
  const { data, layout } = lineChart(
    [{ name: "a", x: [1, 20], y: [0.5, 0.75], error: [0.1, 0.01234567] }],
    { xLog: true, xTicks: [1, 20], yFormat: ".0%" },
  );
  const { type, ticktext } = layout.xaxis as Record<string, unknown>;
  assertEquals([type, ticktext], ["log", ["1", "20"]]);
  assertEquals((layout.yaxis as { tickformat: string }).tickformat, "~%");
  assertEquals(data[0]!.mode, "lines+markers");
  assertEquals(
    (data[0]!.error_y as { array: number[] }).array,
    [0.1, 0.01235],
  );
});

Deno.test("lineChart() names the places of its horizontal axis", () => {
  const lines = [{ name: "a", y: [1, 2] }];
  const { layout } = lineChart(lines, { xNames: ["pixels", "conv1"] });
  const { tickvals, ticktext } = layout.xaxis as Record<string, unknown>;
  assertEquals([tickvals, ticktext], [[0, 1], ["pixels", "conv1"]]);
  assertThrows(
    () => lineChart(lines, { xNames: [1 as unknown as string] }),
    RangeError,
    "expected xNames to be text, got 1 at 0",
  );
});

Deno.test("lineChart() draws a line dotted where asked", () => {
  const { data } = lineChart([
    { name: "a", y: [1] },
    { name: "b", y: [1], dotted: true },
  ]);
  assertEquals(data.map(({ line }) => line), [undefined, {
    dash: "dot",
    width: 4,
  }]);
  assertThrows(
    () => lineChart([{ name: "a", y: [1], dotted: 1 as unknown as boolean }]),
    RangeError,
    "Cannot draw the line a: expected dotted",
  );
});

Deno.test("lineChart() refuses lines without values", () => {
  assertThrows(() => lineChart([]), RangeError, "expected lines, got none");
  assertThrows(
    () => lineChart([{ name: "rate", y: [] }]),
    RangeError,
    "Cannot draw the line rate: expected values, got none",
  );
  assertThrows(
    () => lineChart([{ name: "rate", y: [1, 2], x: [1] }]),
    RangeError,
    "expected 2 positions, got 1",
  );
  assertThrows(
    () => lineChart([{ name: "rate", y: [1, 2], error: [1] }]),
    RangeError,
    "expected 2 errors, got 1",
  );
});

Deno.test("lineChart() makes no steps of values that are near to each other", () => {
  const ys = [[0.993612, 0.993618], [0.993661, 0.993672]];
  const { data } = lineChart(ys.map((y, i) => ({ name: `${i}`, y })));
  assertEquals(data.map(({ y }) => y), ys);
  const [far] = lineChart([{ name: "a", y: [0.123456, 0.9] }]).data;
  assertEquals(far!.y, [0.1235, 0.9]);
});
