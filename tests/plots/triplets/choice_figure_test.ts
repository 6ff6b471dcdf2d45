import { choiceFigure } from "../../../lib/plots/triplets/choice_figure.ts";
import { kinds } from "../../../lib/plots/triplets/kinds.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { neighbors } from "./batch.ts";

const choices = {
  first: { positive: 1, negatives: Int32Array.of(4, 4) },
  second: { positive: 2, negatives: [] },
};

Deno.test("choiceFigure() has a row for each miner, from above to below", () => {
  const { data, layout } = choiceFigure(neighbors, choices, { margin: 0.2 });
  const places = data.map(({ x, y }) => [x, y]);
  assertEquals(places, [
    [[0.3, 0.6, 0.3, 0.6, 0.6], [0, 0, 1, 1, 1]],
    [[0.6], [0]],
    [[0.5, 0.9], [0.27, 1.27]],
  ]);
  const axis = layout.yaxis as { ticktext: string[]; range: number[] };
  assertEquals(axis.ticktext, ["first", "second"]);
  assertEquals(axis.range[0]! > axis.range[1]!, true);
});

Deno.test("choiceFigure() draws the bands of each row's own positive", () => {
  const { layout } = choiceFigure(neighbors, choices, { margin: 0.2, end: 2 });
  const shapes = layout.shapes as { x0: number; x1: number; y0: number }[];
  const bands = shapes.map(({ x0, x1, y0 }) => [x0, x1, Math.round(y0 + 0.4)]);
  assertEquals(bands, [
    [0, 0.5, 0],
    [0.5, 0.7, 0],
    [0.7, 2, 0],
    [0, 0.9, 1],
    [0.9, 1.1, 1],
    [1.1, 2, 1],
  ]);
});

Deno.test("choiceFigure() draws what is taken in the color of no kind", () => {
  const { data } = choiceFigure(neighbors, choices, { margin: 0.2 });
  const { color } = data[1]!.marker as { color: string };
  assertEquals(kinds.some((kind) => kind.color === color), false);
});

Deno.test("choiceFigure() refuses no miner, and images that are none", () => {
  assertThrows(
    () => choiceFigure(neighbors, {}, { margin: 0.2 }),
    RangeError,
    "expected choices, got none",
  );
  const none = { first: { positive: 1, negatives: [6] } };
  assertThrows(
    () => choiceFigure(neighbors, none, { margin: 0.2 }),
    RangeError,
    "got 6 at 0",
  );
});
