import fc from "fast-check";
import { histogram } from "../../../lib/plots/evaluation/histogram.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

Deno.test("histogram() counts every value once, in the nearest bin", () => {
  const lists = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1 });
  fc.assert(fc.property(lists, (whole) => {
    const values = whole.map((value) => value / 10);
    const { x, y } = histogram(values, { binWidth: 0.5 }).data[0] as {
      x: number[];
      y: number[];
    };
    assertEquals(y.reduce((a, b) => a + b), values.length);
    for (const [i, center] of x.entries()) {
      const near = values.filter((value) => Math.abs(value - center) < 0.249);
      assert(near.length <= y[i]!);
    }
    assert(y[0]! > 0 && y.at(-1)! > 0);
  }));
});

Deno.test("histogram() leaves no bin out between two values", () => {
  const { data } = histogram([1, 4, 4], { binWidth: 1 });
  assertEquals([data[0]!.x, data[0]!.y], [[1, 2, 3, 4], [1, 0, 0, 2]]);
});

Deno.test("histogram() draws a line at the mark, with its name", () => {
  const { layout } = histogram([0.98, 1], {
    binWidth: 0.01,
    mark: 0.996,
    markName: "all images",
    format: ".1%",
  });
  const [line] = layout.shapes as { x0: number; x1: number }[];
  assertEquals([line!.x0, line!.x1], [0.996, 0.996]);
  const [note] = layout.annotations as { text: string }[];
  assertEquals(note!.text, "all images");
  assertEquals((layout.xaxis as { tickformat: string }).tickformat, "~%");
});

Deno.test("histogram() refuses bins without a width, or too many", () => {
  assertThrows(
    () => histogram([1], { binWidth: 0 }),
    RangeError,
    "expected binWidth to be a number above 0, got 0",
  );
  assertThrows(
    () => histogram([0, 1], { binWidth: 1e-5 }),
    RangeError,
    "expected the number of bins to be a whole number from 1 to 10000",
  );
  assertThrows(
    () => histogram([NaN], { binWidth: 1 }),
    RangeError,
    "got NaN at 0",
  );
});
