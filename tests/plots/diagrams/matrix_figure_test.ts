import { matrixFigure } from "../../../lib/plots/diagrams/matrix_figure.ts";
import { figurePicture } from "../../../lib/plots/picture/picture.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

Deno.test("matrixFigure() keeps cells of one size whatever the matrices' sizes", () => {
  const { layout } = matrixFigure({
    large: [[1, 2, 3], [4, 5, 6]],
    small: [[1]],
  }, { cell: 40 });
  const axis = (name: string) => layout[name] as { domain: [number, number] };
  const { l, r, t, b } = layout.margin as Record<string, number>;
  const [width, height] = [
    layout.width as number - l! - r!,
    layout.height as number - t! - b!,
  ];
  const pixels = (name: string, side: number) => {
    const { domain: [from, to] } = axis(name);
    return Math.round((to - from) * side);
  };
  assertEquals(pixels("xaxis", width), 3 * 40);
  assertEquals(pixels("xaxis2", width), 40);
  assertEquals(pixels("yaxis", height), 2 * 40);
  assertEquals(pixels("yaxis2", height), 40);
});

Deno.test("matrixFigure() makes room for long names, with the matrix in the middle", () => {
  const { layout } = matrixFigure({
    "a name as long as this": [[1]],
    b: [[2]],
  });
  const notes = layout.annotations as { x: number; text: string }[];
  const middle = (axis: string) => {
    const { domain: [from, to] } = layout[axis] as { domain: [number, number] };
    return (from + to) / 2;
  };
  assertEquals(notes[0]!.x.toFixed(6), middle("xaxis").toFixed(6));
  const apart = (notes[1]!.x - notes[0]!.x) * (layout.width as number);
  assert(apart > 22 * 12 * 0.6 / 2);
});

Deno.test("matrixFigure() writes every number and colors by its sign", () => {
  const { data } = matrixFigure({ a: [[-0.004, 1.256], [2, -3]] });
  assertEquals(data[0]!.text, [["0", "1.26"], ["2", "-3"]]);
  assertEquals([data[0]!.zmin, data[0]!.zmax], [-3, 3]);
  const svg = figurePicture({ data, layout: { width: 200, height: 200 } })!;
  assert(svg.includes("1.26") && svg.includes("-3"));
});

Deno.test("matrixFigure() refuses what is no matrix", () => {
  assertThrows(() => matrixFigure({}), RangeError, "expected matrices");
  assertThrows(() => matrixFigure({ a: [] }), RangeError, "rows of a");
  assertThrows(
    () => matrixFigure({ a: [[1, 2], [3]] }),
    RangeError,
    "expected 2 columns of a, got 1",
  );
  assertThrows(
    () => matrixFigure({ a: [[NaN]] }),
    RangeError,
    "expected columns of a to be a number each, got NaN at 0",
  );
});
