import { borderFigure } from "../../../lib/plots/evaluation/border_figure.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const distances = {
  values: Float32Array.of(0.1, 2, 1.9, 0.2, 0.9, 2.25),
  count: 3,
  size: 2,
};

Deno.test("borderFigure() draws a class each, and the line where both are equally far", () => {
  const { data, layout } = borderFigure(distances, [3, 5, 3], [3, 5], {
    title: "Between",
  });
  assertEquals(data.map(({ name }) => name), ["3", "5", "border"]);
  assertEquals([data[0]!.x, data[0]!.y], [[0.1, 0.9], [2, 2.25]]);
  assertEquals(data[2]!.x, data[2]!.y);
  assertEquals(data[2]!.x, [0, 2.25]);
  const { xaxis, yaxis } = layout as Record<
    string,
    { title: { text: string } }
  >;
  assertEquals(xaxis!.title.text, "squared distance to the centroid of 3");
  assertEquals(yaxis!.title.text, "squared distance to the centroid of 5");
});

Deno.test("borderFigure() refuses other numbers of centroids", () => {
  assertThrows(
    () => borderFigure(distances, [3, 5, 3], [3, 5, 7]),
    RangeError,
    "expected 2 names, got 3",
  );
  assertThrows(
    () => borderFigure({ ...distances, count: 2, size: 3 }, [3, 5], [3, 5]),
    RangeError,
    "expected points of shape [n, 2], got [2, 3]",
  );
});
