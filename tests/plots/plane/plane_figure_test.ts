import { planeFigure } from "../../../lib/plots/plane/plane_figure.ts";
import { figurePicture } from "../../../lib/plots/picture/picture.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

const triangle = [[0, 0], [1, 0.5], null, [0.123456789, 2]];

Deno.test("planeFigure() has a trace for each group, and breaks lines", () => {
  const { data, layout } = planeFigure([
    {
      name: "line",
      points: triangle,
      draw: "line",
      dash: "dash",
      color: "red",
    },
    { name: "ends", points: [[0, 0]], texts: ["a"], symbol: "square" },
    { name: "", points: [[0, 0]], texts: ["b"], draw: "texts" },
  ]);
  assertEquals(data.map(({ name, mode }) => [name, mode]), [
    ["line", "lines"],
    ["ends", "markers+text"],
    ["", "text"],
  ]);
  assertEquals(data[0]!.x, [0, 1, null, 0.12346]);
  assertEquals(data[0]!.line, { width: 2, dash: "dash", color: "red" });
  assertEquals((layout.yaxis as { scaleanchor: string }).scaleanchor, "x");
  assertEquals(data.map(({ showlegend }) => showlegend), [
    undefined,
    undefined,
    false,
  ]);
  assertEquals(layout.showlegend, false);
});

Deno.test("planeFigure() draws a circle of radius 1 behind the groups", () => {
  const { data } = planeFigure([{ name: "a", points: [[1, 0]] }], {
    circle: true,
  });
  assertEquals(data.map(({ name }) => name), ["circle", "a"]);
  const [xs, ys] = [data[0]!.x as number[], data[0]!.y as number[]];
  assert(xs.every((x, i) => Math.abs(Math.hypot(x, ys[i]!) - 1) < 1e-3));
});

Deno.test("planeFigure() has arrows with their heads at the second place", () => {
  const figure = planeFigure([{ name: "a", points: [[0, 0]] }], {
    arrows: [{ from: [0, 0], to: [1, 2], color: "#832db6" }],
    reach: 3,
  });
  const [arrow] = figure.layout.annotations as Record<string, unknown>[];
  assertEquals([arrow!.ax, arrow!.ay, arrow!.x, arrow!.y], [0, 0, 1, 2]);
  assertEquals((figure.layout.xaxis as { range: number[] }).range, [-3, 3]);
  assert(figurePicture(figure)!.includes("#832db6"));
});

Deno.test("planeFigure() refuses what is no place in a plane", () => {
  for (const point of [[1], [1, 2, 3], [1, NaN]]) {
    assertThrows(
      () => planeFigure([{ name: "a", points: [point] }]),
      RangeError,
      "numbers of a place",
    );
  }
  assertThrows(() => planeFigure([]), RangeError);
  assertThrows(
    () => planeFigure([{ name: "a", points: [[1, 2]], texts: [] }]),
    RangeError,
    "expected 1 texts, got 0",
  );
});
