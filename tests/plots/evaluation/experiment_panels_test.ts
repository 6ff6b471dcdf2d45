import { experimentPanels } from "../../../lib/plots/evaluation/experiment_panels.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const run = (validationRate: number, centroidAccuracy: number) => ({
  validationRate,
  centroidAccuracy,
});

Deno.test("experimentPanels() has VAL and accuracy of each run over the values", () => {
  const points = [
    { value: 2, runs: [run(0.1, 0.6), run(0.2, 0.7)] },
    { value: 64, runs: [run(0.3, 0.8), run(0.4, 0.9)] },
  ];
  const [ours, none] = experimentPanels(points, { xTitle: "n", xLog: true });
  assertEquals(none, undefined);
  assertEquals([ours!.name, ours!.xTitle, ours!.xLog], [undefined, "n", true]);
  assertEquals(ours!.xTicks, [2, 64]);
  assertEquals(ours!.curves.map(({ x, runs }) => ({ x, runs })), [
    { x: [2, 64], runs: [[0.1, 0.2], [0.3, 0.4]] },
    { x: [2, 64], runs: [[0.6, 0.7], [0.8, 0.9]] },
  ]);
});

Deno.test("experimentPanels() puts names side by side, and the paper beside ours", () => {
  const points = ["lrn", "batch-hard"].map((value) => ({
    value,
    runs: [run(0.1, 0.6)],
  }));
  const paper = [{ value: 5, validationRate: 0.8 }];
  const [ours, theirs] = experimentPanels(points, { paper });
  assertEquals(ours!.xNames, ["lrn", "batch-<br>hard"]);
  assertEquals(ours!.curves[0]!.x, [0, 1]);
  assertEquals([ours!.name, theirs!.name], [
    "Ours: digits",
    "The paper: faces",
  ]);
  assertEquals(theirs!.xTicks, [5]);
  const { name, error, runs } = theirs!.curves[0]!;
  assertEquals([name, error, runs], [ours!.curves[0]!.name, undefined, [[
    0.8,
  ]]]);
});

Deno.test("experimentPanels() refuses no points and points without runs", () => {
  assertThrows(
    () => experimentPanels([]),
    RangeError,
    "Cannot draw an experiment: expected points, got none",
  );
  assertThrows(
    () => experimentPanels([{ value: 1 } as never]),
    RangeError,
    "expected points with runs, got an object with value at 0",
  );
  assertThrows(
    () => experimentPanels([{ value: 1, runs: [] }]),
    RangeError,
    "expected points with runs",
  );
});
