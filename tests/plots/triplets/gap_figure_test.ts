import { gapFigure } from "../../../lib/plots/triplets/gap_figure.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";

Deno.test("gapFigure() gives each set a panel whose shares add up to 1", () => {
  const gaps = { a: [-0.7, 0.1, 0.1], b: [0.2], c: [0.5, 0.6] };
  const { data, layout } = gapFigure(gaps, { margin: 0.2 });
  assertEquals(data.map(({ yaxis }) => yaxis), [undefined, "y2", "y3"]);
  for (const { y } of data) {
    const sum = (y as number[]).reduce((a, b) => a + b);
    assertAlmostEquals(sum, 1, 1e-3);
  }
  const domains = ["yaxis", "yaxis2", "yaxis3"].map((key) =>
    (layout[key] as { domain: [number, number] }).domain
  );
  for (const i of [0, 1]) {
    assertEquals(domains[i]![0] > domains[i + 1]![1], true);
  }
});

Deno.test("gapFigure() counts a tie as hard", () => {
  const { data } = gapFigure({ ties: [0, 0, 0.7] }, { margin: 0.2 });
  const [x, y] = [data[0]!.x as number[], data[0]!.y as number[]];
  const hard = y.filter((_, i) => x[i]! < 0).reduce((a, b) => a + b);
  assertAlmostEquals(hard, 2 / 3, 1e-3);
});

Deno.test("gapFigure() draws the bands from the largest gap on either side", () => {
  const { layout } = gapFigure({ a: [-0.5, 0.1] }, { margin: 0.2 });
  const shapes = layout.shapes as { x0: number; x1: number }[];
  const bands = shapes.map(({ x0, x1 }) => [x0, x1]);
  assertEquals(bands, [[-0.5, 0], [0, 0.2], [0.2, 0.5]]);
});

Deno.test("gapFigure() names the bands inside of its axis", () => {
  const { layout } = gapFigure({ a: [-0.6173, 0.1] }, { margin: 0.2 });
  const { range } = layout.xaxis as { range: [number, number] };
  const names = layout.annotations as { text: string; x: number }[];
  assertEquals(names[0]!.x, range[0]);
  assertEquals(names[2]!.x, range[1]);
});

Deno.test("gapFigure() refuses a set without a gap", () => {
  assertThrows(
    () => gapFigure({ empty: [] }, { margin: 0.2 }),
    RangeError,
    "expected gaps of empty, got none",
  );
});
