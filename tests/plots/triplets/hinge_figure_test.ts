import { hingeFigure } from "../../../lib/plots/triplets/hinge_figure.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

Deno.test("hingeFigure() bends at the margin", () => {
  const { data: [line, triplets] } = hingeFigure([-1, 0.2, 0.3], {
    margin: 0.2,
  });
  assertEquals(line!.x, [-1.15, 0.2, 1.15]);
  assertEquals(line!.y, [1.35, 0, 0]);
  assertEquals(triplets!.x, [-1, 0.2, 0.3]);
  assertEquals(triplets!.y, [1.2, 0, 0]);
});

Deno.test("hingeFigure() has bands that meet at 0 and at the margin", () => {
  const { layout } = hingeFigure([0.9], { margin: 0.2 });
  const shapes = layout.shapes as { x0: number; x1: number }[];
  assertEquals(shapes.map(({ x1 }) => x1), [0, 0.2, 1.035]);
  assertEquals(shapes.slice(1).map(({ x0 }) => x0), [0, 0.2]);
});

Deno.test("hingeFigure() needs no triplet and no margin", () => {
  const { data, layout } = hingeFigure([], { margin: 0 });
  assertEquals(data[1]!.x, []);
  assert((layout.xaxis as { range: number[] }).range[1]! > 0);
});

Deno.test("hingeFigure() refuses what is no gap", () => {
  assertThrows(() => hingeFigure([NaN], { margin: 0.2 }), RangeError, "gaps");
});
