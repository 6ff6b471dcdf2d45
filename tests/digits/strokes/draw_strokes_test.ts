import { drawStrokes } from "../../../lib/digits/strokes/draw_strokes.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { one, three } from "./hand.ts";

Deno.test("drawStrokes() inks what is nearer to a line than half the pen", () => {
  const { pixels, height, width } = drawStrokes(one, { width: 0.1 });
  assertEquals([height, width], [140, 140]);
  const row = pixels.subarray(70 * 140, 71 * 140);
  const inked = [...row.keys()].filter((x) => row[x] === 255);
  assertEquals([inked[0], inked.at(-1)], [63, 76]); // 14 pixels around 69.5
  assertEquals([row[61], row[78]], [0, 0]);
});

Deno.test("drawStrokes() draws each point of a drawing, the ends round", () => {
  const { pixels } = drawStrokes(three);
  for (const [x, y] of three.flat()) {
    assertEquals(pixels[Math.floor(y * 140) * 140 + Math.floor(x * 140)], 255);
  }
  const corner = drawStrokes([[[0, 0], [1, 0], [1, 1]]]);
  assertEquals(corner.pixels[139 * 140 + 139], 255);
  assertEquals(corner.pixels[139 * 140], 0);
});

Deno.test("drawStrokes() does not join strokes", () => {
  const { pixels } = drawStrokes([
    [[0.1, 0.1], [0.1, 0.9]],
    [[0.9, 0.1], [0.9, 0.9]],
  ]);
  assert(pixels.subarray(70 * 140 + 30, 70 * 140 + 110).every((v) => v === 0));
});

Deno.test("drawStrokes() refuses an empty sheet, a dot and no pen", () => {
  for (const empty of [[], [[]], [[], []]]) {
    assertThrows(() => drawStrokes(empty), RangeError, "got an empty sheet");
  }
  const dots = [[[[0.5, 0.5]]], [[[0.5, 0.5], [0.6, 0.6]]]] as const;
  for (const dot of dots) {
    assertThrows(() => drawStrokes(dot), RangeError, "got a dot");
  }
  // Two dots, as of a colon, are as large as a digit.
  drawStrokes([[[0.5, 0.2]], [[0.5, 0.8]]]);
  for (const width of [0, -1, 0.6, NaN]) {
    assertThrows(() => drawStrokes(one, { width }), RangeError, "pen's width");
  }
});
