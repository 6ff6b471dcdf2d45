import {
  checkContinued,
  withRun,
} from "../../../lib/experiment/series/continue_results.ts";
import { experimentSettings } from "../../../lib/experiment/series/experiments.ts";
import { neededRuns } from "../../../lib/experiment/series/plan.ts";
import type { ExperimentResult } from "../../../lib/experiment/series/result.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { runOf } from "./made_up.ts";

const needed = neededRuns(["normalization"], [1, 2]);

/** A result of runs in some order. */
function resultOf(order: readonly number[]): ExperimentResult {
  return order.reduce<ExperimentResult | undefined>(
    (result, i) =>
      withRun(result, needed[i]!, experimentSettings, runOf(needed[i]!.seed)),
    undefined,
  )!;
}

Deno.test("withRun() has points and seeds in one order, however they came", () => {
  const result = resultOf([5, 4, 1, 0]);
  assertEquals(result, resultOf([0, 1, 4, 5]));
  assertEquals(
    result.points.map(({ value, learningRate, runs }) => [
      value,
      learningRate,
      runs.map(({ seed }) => seed),
    ]),
    [["batch", undefined, [1]], ["none", rateAt("none"), [1, 2]], [
      "lrn",
      rateAt("lrn"),
      [2],
    ]],
  );
});

Deno.test("withRun() has one run of a point and a seed", () => {
  assertEquals(resultOf([0, 1, 0]), resultOf([0, 1]));
});

const rateAt = (value: string) =>
  needed.find(({ point }) => point.value === value)!.point.learningRate;

Deno.test("checkContinued() takes what new runs would be made like", () => {
  checkContinued(resultOf([0, 1, 2]), experimentSettings);
});

Deno.test("checkContinued() says which setting or point is another one", () => {
  const result = resultOf([1]);
  assertThrows(
    () => checkContinued(result, { ...experimentSettings, steps: 5 }),
    RangeError,
    "Cannot continue experiment normalization (deno task experiments --again begins it anew): expected steps 72, as its file has, got 5",
  );
  const other = {
    ...result,
    points: [{ ...result.points[0]!, learningRate: 1 }],
  };
  assertThrows(
    () => checkContinued(other, experimentSettings),
    RangeError,
    'expected the point {"value":"none","learningRate":1}, as its file has, got {"value":"none"',
  );
  const gone = { ...result, points: [{ value: "layer", runs: [] }] };
  assertThrows(
    () => checkContinued(gone, experimentSettings),
    RangeError,
    "as its file has, got none",
  );
  assertThrows(
    () => checkContinued({ ...result, varies: "margin" }, experimentSettings),
    RangeError,
    "expected margin to vary, as in its file, got normalization",
  );
});
