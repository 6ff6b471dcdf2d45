import { repeatedCurves } from "../../../lib/plots/evaluation/repeated_curves.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const curve = (name: string, runs: number[][] = [[1, 2, 3], [5]]) => ({
  name,
  x: runs.map((_, i) => i + 1),
  runs,
});

Deno.test("repeatedCurves() draws means, one standard deviation and each run", () => {
  const { data } = repeatedCurves([{ curves: [curve("a")] }]);
  const [means, points] = data;
  assertEquals([means!.x, means!.y], [[1, 2], [2, 5]]);
  assertEquals((means!.error_y as { array: number[] }).array, [1, 0]);
  assertEquals([points!.x, points!.y], [[1, 1, 1, 2], [1, 2, 3, 5]]);
  assertEquals([means!.mode, points!.mode], ["lines+markers", "markers"]);
});

Deno.test("repeatedCurves() draws single runs without bars, or with those given", () => {
  const runs = [[0.8], [0.9]];
  const { data } = repeatedCurves([{ curves: [curve("a", runs)] }]);
  assertEquals([data.length, data[0]!.error_y], [1, undefined]);
  const error = [0.02, 0.01];
  const barred = repeatedCurves([{ curves: [{ ...curve("a", runs), error }] }]);
  assertEquals(
    (barred.data[0]!.error_y as { array: number[] }).array,
    error,
  );
});

Deno.test("repeatedCurves() gives each panel axes, and a name one color and one legend", () => {
  const { data, layout } = repeatedCurves([
    { name: "ours", curves: [curve("a"), curve("b")], yFormat: ".0%" },
    { name: "theirs", curves: [curve("b", [[1]])], xLog: true, xTicks: [5500] },
  ], { title: "Sizes" });
  assertEquals(
    data.map(({ name, xaxis, yaxis, showlegend }) => [
      name,
      xaxis,
      yaxis,
      showlegend,
    ]),
    [
      ["a", "x", "y", true],
      ["a: a run", "x", "y", false],
      ["b", "x", "y", true],
      ["b: a run", "x", "y", false],
      ["b", "x2", "y2", false],
    ],
  );
  const colorOf = (i: number) => (data[i]!.marker as { color: string }).color;
  assertEquals([colorOf(0) === colorOf(2), colorOf(2) === colorOf(4)], [
    false,
    true,
  ]);
  const { xaxis2, yaxis, annotations } = layout as Record<
    string,
    Record<string, unknown>
  >;
  assertEquals([xaxis2!.type, xaxis2!.ticktext, xaxis2!.anchor], [
    "log",
    ["5.5K"],
    "y2",
  ]);
  assertEquals(yaxis!.tickformat, "~%");
  const notes = annotations as unknown as { text: string; x: number }[];
  assertEquals(notes.map(({ text }) => text), ["ours", "theirs"]);
  assertEquals(notes[1]!.x, (xaxis2!.domain as number[])[0]);
});

Deno.test("repeatedCurves() joins no means of things with names", () => {
  const { data, layout } = repeatedCurves([
    { curves: [curve("a")], xNames: ["none", "batch"] },
  ]);
  assertEquals(data[0]!.mode, "markers");
  const { ticktext } = layout.xaxis as Record<string, unknown>;
  assertEquals(ticktext, ["none", "batch"]);
});

Deno.test("repeatedCurves() refuses nothing, gaps and unequal lengths", () => {
  assertThrows(
    () => repeatedCurves([]),
    RangeError,
    "expected panels, got none",
  );
  assertThrows(
    () => repeatedCurves([{ curves: [] }]),
    RangeError,
    "Cannot draw repeated measurements: expected curves, got none",
  );
  assertThrows(
    () => repeatedCurves([{ curves: [curve("a", [[1], []])] }]),
    RangeError,
    "Cannot draw the curve a: expected lists of runs with a run each, got [] at 1",
  );
  assertThrows(
    () => repeatedCurves([{ curves: [{ ...curve("a"), x: [1] }] }]),
    RangeError,
    "Cannot draw the curve a: expected 1 lists of runs, got 2",
  );
  assertThrows(
    () => repeatedCurves([{ curves: [curve("a", [[NaN]])] }]),
    RangeError,
    "expected values to be a number each, got NaN at 0",
  );
});
