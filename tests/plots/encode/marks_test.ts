import { axisScale } from "../../../lib/plots/picture/axes/axis.ts";
import { barMarks } from "../../../lib/plots/picture/traces/bars.ts";
import { colorScale } from "../../../lib/plots/picture/traces/color_scale.ts";
import { drawTraces } from "../../../lib/plots/picture/traces/draw_traces.ts";
import { heatmapMarks } from "../../../lib/plots/picture/traces/heatmap.ts";
import type {
  Figure,
  PlotlyObject,
} from "../../../lib/plots/figures/figure.ts";
import { palette } from "../../../lib/plots/figures/style.ts";
import { assert, assertEquals } from "../../assert.ts";

const linear = axisScale({}, []);
const scales = new Map([["xaxis", linear], ["yaxis", linear]]);

function bars(traces: PlotlyObject[], layout: PlotlyObject) {
  return barMarks(
    traces.map((trace) => ({ trace, color: "#000000", along: linear })),
    layout,
  ).map((marks) => marks.map(({ x, y }) => [...x, ...y]));
}

function marks(figure: Partial<Figure>) {
  return drawTraces({ data: [], layout: {}, ...figure }, scales)
    .map((drawn) => drawn.marks);
}

Deno.test("barMarks() stands bars side by side, on and over each other", () => {
  const traces = [{ x: [0, 2], y: [1, 2] }, { x: [0, 2], y: [3, -4] }];
  const layout = { bargap: 0.5 };
  assertEquals(bars(traces, { ...layout, barmode: "group" }), [
    [[-0.5, 0, 0, 1], [1.5, 2, 0, 2]],
    [[0, 0.5, 0, 3], [2, 2.5, 0, -4]],
  ]);
  assertEquals(bars(traces, { ...layout, barmode: "stack" }), [
    [[-0.5, 0.5, 0, 1], [1.5, 2.5, 0, 2]],
    [[-0.5, 0.5, 1, 4], [1.5, 2.5, 0, -4]],
  ]);
  assertEquals(bars(traces, { ...layout, barmode: "overlay" })[1], [
    [-0.5, 0.5, 0, 3],
    [1.5, 2.5, 0, -4],
  ]);
});

Deno.test("barMarks() lays bars flat, and places those without places", () => {
  assertEquals(
    bars([{ orientation: "h", x: [7], y: [1] }], { bargap: 0 }),
    [[[0, 7, 0.5, 1.5]]],
  );
  assertEquals(bars([{ x0: 5, dx: 2, y: [1, null, 3] }], { bargap: 0 }), [
    [[4, 6, 0, 1], [6, 8, 0, NaN], [8, 10, 0, 3]],
  ]);
});

Deno.test("barMarks() counts the values of a histogram", () => {
  const x = [0, 1, 1, 2, 2, 2, 3];
  assertEquals(
    bars([{ type: "histogram", x, xbins: { size: 2 } }], { bargap: 0 }),
    [[[-0.5, 1.5, 0, 3], [1.5, 3.5, 0, 4]]],
  );
});

Deno.test("heatmapMarks() colors cells by their share, and leaves holes", () => {
  const cells = heatmapMarks(
    {
      z: [[0, null], [5, 10]],
      colorscale: [[0, "#000000"], [1, "#ffffff"]],
      text: [["a", "b"], ["c", "d"]],
      texttemplate: "%{text} %{z:.1f}",
    },
    linear,
    linear,
  );
  assertEquals(
    cells.map(({ x, y, color, text }) => [...x, ...y, color, text]),
    [
      [-0.5, 0.5, -0.5, 0.5, "#000000", "a 0.0"],
      [-0.5, 0.5, 0.5, 1.5, "#808080", "c 5.0"],
      [0.5, 1.5, 0.5, 1.5, "#ffffff", "d 10.0"],
    ],
  );
});

Deno.test("colorScale() mixes neighbours and ends at the ends", () => {
  const color = colorScale([[0, "#000000"], [0.5, "#ff0000"], [1, "#ffffff"]]);
  assertEquals([-1, 0, 0.25, 0.75, 1, 2].map(color), [
    "#000000",
    "#000000",
    "#800000",
    "#ff8080",
    "#ffffff",
    "#ffffff",
  ]);
});

Deno.test("drawTraces() breaks lines at missing values", () => {
  const [[line] = []] = marks({
    data: [{ type: "scatter", mode: "lines", y: [1, null, 3] }],
  });
  assert(line?.kind === "line");
  assertEquals(line.places, [[0, 1], undefined, [2, 3]]);
});

Deno.test("drawTraces() puts the areas of a group on each other", () => {
  const trace = { type: "scatter", stackgroup: "one", x: [0, 1] };
  const [, [upper] = []] = marks({
    data: [{ ...trace, y: [1, 2] }, { ...trace, y: [10, 20] }],
  });
  assert(upper?.kind === "line");
  assertEquals(upper.places, [[0, 11], [1, 22], [1, 2], [0, 1]]);
});

Deno.test("drawTraces() groups points of one look, and points arrows along their line", () => {
  const [points = [], arrows = []] = marks({
    data: [
      {
        type: "scatter",
        mode: "markers",
        x: [0, 1, 2],
        y: [0, 0, 0],
        marker: { color: ["red", "blue", "red"], size: 4 },
      },
      {
        type: "scatter",
        mode: "markers",
        x: [0, 5],
        y: [0, 5],
        marker: { symbol: "arrow", size: [0, 9], standoff: [0, 3] },
      },
    ],
  });
  assertEquals(
    points.map((mark) => mark.kind === "points" && [mark.color, mark.places]),
    [["red", [[0, 0], [2, 0]]], ["blue", [[1, 0]]]],
  );
  assertEquals(arrows, [{
    kind: "arrow",
    places: [[0, 0], [5, 5]],
    color: palette[1]!,
    size: 9,
    standoff: 3,
  }]);
});

Deno.test("drawTraces() gives a picture the size of its PNG", () => {
  // The head of a file of 3 × 2 pixels.
  const head = Uint8Array.of(
    ...[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13],
    ...[0x49, 0x48, 0x44, 0x52, 0, 0, 0, 3, 0, 0, 0, 2],
  );
  const source = `data:image/png;base64,${head.toBase64()}`;
  const [[picture] = []] = marks({
    data: [{ type: "image", source, x0: 0.5, y0: 0.5 }],
  });
  assertEquals(picture, { kind: "picture", x: [0, 3], y: [0, 2], source });
});
