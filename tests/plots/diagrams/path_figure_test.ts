import { pathFigure } from "../../../lib/plots/diagrams/path_figure.ts";
import { figurePicture } from "../../../lib/plots/picture/picture.ts";
import type { PlotlyObject } from "../../../lib/plots/figures/figure.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

const digits = {
  images: Uint8Array.from({ length: 4 * 28 * 28 }, (_, i) => i % 251),
  labels: Uint8Array.of(7, 7, 4, 1),
  count: 4,
  height: 28,
  width: 28,
};

Deno.test("pathFigure() shows the images of the triplet, in its order", () => {
  const sources = (triplet: number[]) =>
    pathFigure(digits, triplet).data
      .filter(({ type }) => type === "image").map(({ source }) => source);
  const [a, p, n] = sources([3, 0, 2]);
  assertEquals(new Set([a, p, n]).size, 3);
  assertEquals(sources([0, 2, 3]), [p, n, a]);
});

Deno.test("pathFigure() has the positive nearer to the anchor than the negative, all on the circle", () => {
  const { data } = pathFigure(digits, [0, 1, 2]);
  const [circle] = data.filter(({ mode }) => mode === "lines") as {
    x: number[];
    y: number[];
  }[];
  const across = Math.max(...circle!.x) - Math.min(...circle!.x);
  const middle = (values: number[]) =>
    (Math.max(...values) + Math.min(...values)) / 2;
  const points = data.find(({ mode }) => mode === "markers") as PlotlyObject & {
    x: number[];
    y: number[];
  };
  const [x, y] = [middle(circle!.x), middle(circle!.y)];
  points.x.forEach((at, i) => {
    const radius = Math.hypot(at - x, points.y[i]! - y);
    assert(Math.abs(radius - across / 2) < 1.5, `${radius} of ${across / 2}`);
  });
  const distance = (i: number) =>
    Math.hypot(points.x[0]! - points.x[i]!, points.y[0]! - points.y[i]!);
  assert(distance(1) < distance(2) / 2);
});

Deno.test("pathFigure() is drawn without Plotly too", () => {
  const svg = figurePicture(pathFigure(digits, [0, 1, 2]))!;
  for (const text of ["anchor", "one network", "on the unit sphere", "+ α)"]) {
    assert(svg.includes(text), text);
  }
  assertEquals(svg.match(/<image /g)?.length, 3);
});

Deno.test("pathFigure() refuses what is no triplet of the dataset", () => {
  assertThrows(() => pathFigure(digits, [0, 1]), RangeError, "triplet");
  assertThrows(() => pathFigure(digits, [0, 1, 4]), RangeError, "indices");
});
