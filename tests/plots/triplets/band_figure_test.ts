import { bandFigure } from "../../../lib/plots/triplets/band_figure.ts";
import { kinds } from "../../../lib/plots/triplets/kinds.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { neighbors } from "./batch.ts";

Deno.test("bandFigure() puts each image in the row of its class, in the color of its kind", () => {
  const { data } = bandFigure({ ...neighbors, positive: 1 }, { margin: 0.2 });
  const [negatives, positives] = data;
  assertEquals(negatives!.x, [null, null, null, 0.3, 0.6, 0.6]);
  assertEquals(positives!.x, [null, 0.5, 0.9, null, null, null]);
  assertEquals(negatives!.y, neighbors.labels);
  const { color } = negatives!.marker as { color: string[] };
  const [hard, semiHard] = kinds;
  assertEquals(color.slice(3), [hard, semiHard, semiHard].map((k) => k.color));
});

Deno.test("bandFigure() marks anchor, positive and the first of the nearest beyond it", () => {
  const marked = (positive: number) =>
    bandFigure({ ...neighbors, positive }, { margin: 0.2 }).data.slice(2)
      .map(({ x, y }) => [x, y]);
  assertEquals(marked(1), [[[0], [4]], [[0.5], [4]], [[0.6], [9]]]);
  assertEquals(marked(2), [[[0], [4]], [[0.9], [4]], [[null], [null]]]);
});

Deno.test("bandFigure() names in its legend only a nearest negative that there is", () => {
  const isNamed = (positive: number) =>
    bandFigure({ ...neighbors, positive }, { margin: 0.2 }).data[4]!.showlegend;
  assertEquals([1, 2].map(isNamed), [true, false]);
});

Deno.test("bandFigure() ends its axis and its bands where it is told", () => {
  const end = (options: { end?: number }) => {
    const { layout } = bandFigure({ ...neighbors, positive: 1 }, {
      margin: 0.2,
      ...options,
    });
    const { range } = layout.xaxis as { range: number[] };
    const shapes = layout.shapes as { x1: number }[];
    assertEquals(shapes.at(-1)!.x1, range[1]);
    return range[1];
  };
  assertEquals(end({ end: 4 }), 4);
  assertEquals(end({}), 0.945);
});

Deno.test("bandFigure() refuses a positive of another class or the anchor itself", () => {
  for (const [positive, got] of [[3, "image 3 of 7"], [0, "image 0 of 4"]]) {
    assertThrows(
      () =>
        bandFigure({ ...neighbors, positive: Number(positive) }, {
          margin: 0.2,
        }),
      RangeError,
      `expected a positive of the class of anchor 0, 4, got ${got}`,
    );
  }
});

Deno.test("bandFigure() of other anchors has the same places for the same images", () => {
  const other = { ...neighbors, distances: [0.5, 0, 1, 2, 1, 1], anchor: 1 };
  const lengths = (of: typeof neighbors, positive: number) =>
    bandFigure({ ...of, positive }, { margin: 0.2 }).data
      .map(({ x }) => (x as unknown[]).length);
  assertEquals(lengths(other, 2), lengths(neighbors, 2));
});
