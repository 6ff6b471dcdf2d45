import { confusionFigure } from "../../../lib/plots/figures/confusion_figure.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("confusionFigure() colors shares and writes counts", () => {
  const { data } = confusionFigure([[90, 10], [0, 40]], { classes: [4, 9] });
  const [right, wrong] = data;
  assertEquals(right!.z, [[0.9, null], [null, 1]]);
  assertEquals(wrong!.z, [[null, 0.1], [null, null]]);
  assertEquals(right!.text, [[90, ""], ["", 40]]);
  assertEquals(wrong!.text, [["", 10], ["", ""]]);
  assertEquals(right!.x, ["4", "9"]);
  assertEquals([right!.zmax, wrong!.zmax], [1, 0.1]);
});

Deno.test("confusionFigure() draws a class that was never tested", () => {
  const { data } = confusionFigure([[5, 0], [0, 0]]);
  assertEquals(data[0]!.z, [[1, null], [null, null]]);
  assertEquals(data[0]!.y, ["0", "1"]);
});

Deno.test("confusionFigure() refuses what is not square", () => {
  const cases: [number[][], number[] | undefined, string][] = [
    [[], undefined, "expected rows, got none"],
    [[[1, 2]], undefined, "expected 1 columns, got 2"],
    [[[1]], [0, 1], "expected 1 classes, got 2"],
  ];
  for (const [confusion, classes, message] of cases) {
    assertThrows(
      () => confusionFigure(confusion, classes ? { classes } : {}),
      RangeError,
      message,
    );
  }
});

Deno.test("confusionFigure() grows with the number of classes", () => {
  const side = (classes: number) => {
    const matrix = Array.from(
      { length: classes },
      () => new Array(classes).fill(1),
    );
    return confusionFigure(matrix).layout;
  };
  assertEquals([side(10).width, side(10).height], [520, 480]);
  assertEquals([side(26).width, side(26).height], [696, 656]);
});
