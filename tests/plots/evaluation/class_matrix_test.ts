import { classMatrix } from "../../../lib/plots/evaluation/class_matrix.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("classMatrix() writes every value except the diagonal's", () => {
  const { data, layout } = classMatrix([[0, 2.126, 1], [2.126, 0, 3], [
    1,
    3,
    0,
  ]], { classes: ["a", "b", "c"], digits: 2, xTitle: "to", yTitle: "from" });
  assertEquals(data[0]!.z, [[null, 2.126, 1], [2.126, null, 3], [1, 3, null]]);
  assertEquals(data[0]!.text, [
    ["", "2.13", "1.00"],
    ["2.13", "", "3.00"],
    ["1.00", "3.00", ""],
  ]);
  assertEquals([data[0]!.zmin, data[0]!.zmax], [0, 3]);
  assertEquals(data[0]!.y, ["a", "b", "c"]);
  const { xaxis, yaxis } = layout as Record<
    string,
    { title: { text: string } }
  >;
  assertEquals([xaxis!.title.text, yaxis!.title.text], ["to", "from"]);
});

Deno.test("classMatrix() refuses what is not square, and what is below 0", () => {
  const cases: [number[][], string][] = [
    [[], "expected rows, got none"],
    [[[1]], "expected the number of rows to be a whole number of 2 or more"],
    [[[0, 1], [1]], "expected 2 columns, got 1"],
    [[[0, -1], [1, 0]], "got -1 at 1"],
  ];
  for (const [values, message] of cases) {
    assertThrows(() => classMatrix(values), RangeError, message);
  }
  assertThrows(
    () => classMatrix([[0, 1], [1, 0]], { classes: [3] }),
    RangeError,
    "expected 2 classes, got 1",
  );
});
