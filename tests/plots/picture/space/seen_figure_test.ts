import { seenFigure } from "../../../../lib/plots/picture/space/seen_figure.ts";
import { figurePicture } from "../../../../lib/plots/picture/picture.ts";
import { scatter3d } from "../../../../lib/plots/figures/scatter/scatter_3d.ts";
import { assert, assertEquals } from "../../../assert.ts";

const range = { range: [-1, 1] };
const scene = {
  xaxis: range,
  yaxis: range,
  zaxis: range,
  camera: { eye: { x: 0, y: -2, z: 0 } },
};

Deno.test("seenFigure() draws the far half first and pale", () => {
  const { data } = seenFigure({
    data: [{
      type: "scatter3d",
      mode: "markers",
      name: "a",
      x: [-1, 1, null],
      y: [1, -1, 0],
      z: [0.5, 0.5, 0],
    }],
    layout: { scene },
  });
  assertEquals(data.map(({ x }) => x), [[-1, null, null], [null, 1, null]]);
  assertEquals(data.map(({ showlegend }) => showlegend), [false, undefined]);
  assert(Number(data[0]!.opacity) < 0.5);
  assertEquals(data[1]!.opacity, undefined);
});

Deno.test("seenFigure() leaves no hole in a line that comes from behind", () => {
  const { data } = seenFigure({
    data: [{
      type: "scatter3d",
      mode: "lines",
      x: [0, 0.5, 1],
      y: [0.5, -0.1, -0.5],
      z: [0, 0, 0],
    }],
    layout: { scene },
  });
  assertEquals(data.map(({ x }) => x), [[0, 0.5, null], [null, 0.5, 1]]);
});

Deno.test("seenFigure() places annotations, and leaves other figures alone", () => {
  const figure = { data: [{ type: "bar", y: [1] }], layout: {} };
  assertEquals(seenFigure(figure), figure);
  const { layout } = seenFigure({
    data: [{ type: "scatter3d", x: [0], y: [0], z: [0] }],
    layout: {
      scene: { ...scene, annotations: [{ text: "n", x: 1, y: 0, z: 1 }] },
    },
  });
  assertEquals(layout.annotations, [{ text: "n", x: 1, y: 1 }]);
});

Deno.test("figurePicture() draws scatter3d(), but no other surface", () => {
  const points = {
    values: Float32Array.of(1, 0, 0, 0, 1, 0),
    count: 2,
    size: 3,
  };
  const svg = figurePicture(scatter3d(points, [4, 9]))!;
  assert(svg.includes(">4</text>") && svg.includes(">9</text>"));
  assert(!svg.includes("NaN"));
  const surface = { type: "surface", z: [[1]] };
  const { data, layout } = scatter3d(points, [4, 9]);
  assertEquals(figurePicture({ data: [...data, surface], layout }), undefined);
});
