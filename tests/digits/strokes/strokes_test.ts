import { checkStrokes } from "../../../lib/digits/strokes/strokes.ts";
import { assertThrows } from "../../assert.ts";
import { three } from "./hand.ts";

Deno.test("checkStrokes() takes drawings, an empty one too", () => {
  checkStrokes("draw", three);
  checkStrokes("draw", []);
  checkStrokes("draw", [[]]);
  checkStrokes("draw", [[[0, 0], [1, 1]]]);
});

Deno.test("checkStrokes() refuses what is none", () => {
  const many = Array.from({ length: 10_001 }, () => [0, 0]);
  const wrong: [unknown, string][] = [
    [undefined, "expected a list of strokes, got nothing"],
    ["[]", "expected a list of strokes"],
    [[[0, 0]], "expected points [x, y] from 0 to 1, got 0 in stroke 0"],
    [[null], "expected a list of points, got null as stroke 0"],
    [[[[0, 0], [0, 1.1]]], "got [0, 1.1] in stroke 0"],
    [[[[0, "1"]]], 'got [0, "1"] in stroke 0'],
    [[[[0, NaN]]], "got [0, NaN] in stroke 0"],
    [[[[0, 0, 0]]], "got [0, 0, 0] in stroke 0"],
    [[[[0, 0]], [[0, null]]], "got [0, null] in stroke 1"],
    [new Array(3), "got nothing as stroke 0"],
    [[new Array(2)], "got nothing in stroke 0"],
    [[[new Array(2)]], "expected points"],
    [[many], "at most 200 strokes and 10000 points, got more points"],
    [Array.from({ length: 201 }, () => [[0, 0]]), "got 201 strokes"],
  ];
  for (const [strokes, message] of wrong) {
    assertThrows(() => checkStrokes("draw", strokes), RangeError, message);
  }
});
