import { distancePlane } from "../../../lib/plots/diagrams/distance_plane.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

const groups = {
  new: { x: [1, 2], y: [0.5, 3] },
  digits: { x: [0.25], y: [1] },
};

Deno.test("distancePlane() draws each group, and the diagonal from corner to corner", () => {
  const { data, layout } = distancePlane(groups, { xTitle: "to digits" });
  assertEquals(data.map(({ name, x, y }) => [name, x, y]), [
    ["new", [1, 2], [0.5, 3]],
    ["digits", [0.25], [1]],
  ]);
  const { xaxis, yaxis, shapes } = layout as {
    xaxis: { range: number[]; title: { text: string } };
    yaxis: { range: number[] };
    shapes: { x0: number; y0: number; x1: number; y1: number }[];
  };
  assertEquals(xaxis.title.text, "to digits");
  assertEquals(xaxis.range, yaxis.range);
  assert(xaxis.range[1]! >= 3);
  const { x0, y0, x1, y1 } = shapes[0]!;
  assertEquals([x0, y0, x1, y1], [0, 0, xaxis.range[1]!, xaxis.range[1]!]);
});

Deno.test("distancePlane() tells groups apart by color and by shape", () => {
  const looks = distancePlane({ ...groups, others: groups.digits }).data
    .map(({ marker }) => marker as { color: string; symbol: string });
  assertEquals(new Set(looks.map(({ color }) => color)).size, 3);
  assertEquals(new Set(looks.map(({ symbol }) => symbol)).size, 3);
});

Deno.test("distancePlane() refuses what are no distances", () => {
  const refused = (x: number[], y: number[], message: string) =>
    assertThrows(() => distancePlane({ a: { x, y } }), RangeError, message);
  refused([1, 2], [1], "y of a");
  refused([-1], [1], "x of a");
  refused([], [], "got none");
  assertThrows(() => distancePlane({}), RangeError, "expected 1 to 3 groups");
});
