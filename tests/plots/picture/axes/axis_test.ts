import {
  axisRange,
  axisScale,
  placedAxis,
} from "../../../../lib/plots/picture/axes/axis.ts";
import { axisTicks } from "../../../../lib/plots/picture/axes/ticks.ts";
import type { PlotlyObject } from "../../../../lib/plots/figures/figure.ts";
import { assertEquals } from "../../../assert.ts";

function ticks(
  settings: PlotlyObject,
  range: [number, number],
  values: unknown[] = [0],
): [number, string][] {
  const scale = axisScale(settings, values);
  const axis = placedAxis({ ...scale, letter: "x", settings }, range, [0, 350]);
  return axisTicks(axis).map(({ unit, label }) => [unit, label]);
}

Deno.test("axisScale() counts names, logarithms and numbers", () => {
  const names = axisScale({}, ["b", "a", "b"]);
  assertEquals([names.type, names.categories], ["category", ["b", "a"]]);
  assertEquals([names.unit("a"), names.unit(0.5), names.unit("c")], [
    1,
    0.5,
    NaN,
  ]);
  const log = axisScale({ type: "log" }, [1]);
  assertEquals([log.unit(1000), log.unit(0), log.unit(-1)], [3, NaN, NaN]);
  const linear = axisScale({}, ["1", "2"]); // numbers that came as text
  assertEquals([linear.type, linear.unit("2"), linear.unit(null)], [
    "linear",
    2,
    NaN,
  ]);
});

Deno.test("axisTicks() are 1, 2 or 5 times a power of ten apart", () => {
  assertEquals(ticks({}, [0, 1]), [
    [0, "0"],
    [0.2, "0.2"],
    [0.4, "0.4"],
    [0.6000000000000001, "0.6"],
    [0.8, "0.8"],
    [1, "1"],
  ]);
  assertEquals(ticks({ dtick: 45, tickformat: ".0f" }, [0, 100]), [
    [0, "0"],
    [45, "45"],
    [90, "90"],
  ]);
});

Deno.test("axisTicks() have as many digits as they need", () => {
  const labels = (tickformat: string, range: [number, number]) =>
    ticks({ tickformat }, range).map(([, label]) => label);
  assertEquals(labels("~%", [0.994, 0.9965]), [
    "99.4%",
    "99.45%",
    "99.5%",
    "99.55%",
    "99.6%",
    "99.65%",
  ]);
  assertEquals(labels("~%", [0, 1]), [
    "0%",
    "20%",
    "40%",
    "60%",
    "80%",
    "100%",
  ]);
  // What is asked for is kept unless two ticks would read the same.
  assertEquals(labels(".0%", [0.98, 1]), [
    "98%",
    "98.5%",
    "99%",
    "99.5%",
    "100%",
  ]);
  assertEquals(labels(".1f", [0, 2]), ["0.0", "0.5", "1.0", "1.5", "2.0"]);
});

Deno.test("axisTicks() takes the values and texts of the figure", () => {
  const settings = { type: "log", tickvals: [1, 10, 99999], ticktext: ["one"] };
  assertEquals(ticks(settings, [0, 2]), [[0, "one"], [1, "10"]]);
});

Deno.test("axisTicks() of a logarithmic axis are decades", () => {
  assertEquals(ticks({ type: "log" }, [-6, -2]), [
    [-6, "10⁻⁶"],
    [-5, "10⁻⁵"],
    [-4, "10⁻⁴"],
    [-3, "0.001"],
    [-2, "0.01"],
  ]);
});

Deno.test("axisRange() shows everything, with room where it is wanted", () => {
  const linear = axisScale({}, []);
  const extent = (from: number, to: number, room: boolean) => ({
    from,
    to,
    room: { from: room, to: room },
  });
  const near = (range: [number, number]) =>
    range.map((end) => Number(end.toFixed(6)));
  assertEquals(
    near(axisRange({}, linear, [extent(0, 10, false), extent(2, 8, true)])),
    [0, 10],
  );
  assertEquals(near(axisRange({}, linear, [extent(0, 10, true)])), [
    -0.6,
    10.6,
  ]);
  assertEquals(
    near(
      axisRange({ autorange: "reversed", rangemode: "tozero" }, linear, [
        extent(5, 10, false),
      ]),
    ),
    [10, 0],
  );
  assertEquals(axisRange({ range: [3, 1] }, linear, []), [3, 1]);
  assertEquals(axisRange({}, linear, [extent(2, 2, false)]), [1, 3]);
  assertEquals(axisRange({}, linear, []), [-1, 1]);
});
