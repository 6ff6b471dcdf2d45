import {
  experimentNames,
  experimentSettings,
} from "../../../lib/experiment/series/experiments.ts";
import { withRun } from "../../../lib/experiment/series/continue_results.ts";
import {
  causeOf,
  missingRuns,
  neededRuns,
  planNetworks,
  runsByCause,
} from "../../../lib/experiment/series/plan.ts";
import { assert, assertEquals } from "../../assert.ts";
import { runOf } from "./made_up.ts";

Deno.test("neededRuns() has all points of a seed before the next seed", () => {
  const runs = neededRuns(["margin"], [1, 2]);
  assertEquals(
    runs.map(({ seed, point }) => [seed, point.value]),
    [1, 2].flatMap((seed) =>
      [0.05, 0.1, 0.2, 0.4, 0.8].map((value) => [seed, value])
    ),
  );
});

Deno.test("planNetworks() trains a network once for all experiments", () => {
  const runs = neededRuns(experimentNames, [1, 2, 3]);
  const networks = planNetworks(runs);
  assertEquals(networks.flatMap(({ runs }) => runs).length, runs.length);
  const base = networks.filter(({ settings }) =>
    JSON.stringify(settings) === JSON.stringify(experimentSettings)
  );
  assertEquals(base.map(({ seed }) => seed), [1, 2, 3]);
  for (const { runs } of base) {
    assertEquals(new Set(runs.map(({ name }) => name)).size, 6);
    assertEquals(
      runs.filter(({ name }) => name === "image-quality").length,
      11,
    );
  }
  // 7 + 4 + 5 + 5 + 3 points, of which five are one network.
  assertEquals(networks.length, 3 * 20);
});

Deno.test("missingRuns() leaves out what results have, by value and seed", () => {
  const needed = neededRuns(["margin"], [1, 2]);
  const result = withRun(undefined, needed[2]!, experimentSettings, runOf(1));
  const missing = missingRuns(needed, new Map([["margin", result]]));
  assertEquals(missing, needed.filter((each) => each !== needed[2]));
});

Deno.test("runsByCause() finds the run of another experiment with the same cause", () => {
  const [one] = neededRuns(["margin"], [3])
    .filter(({ point }) => point.value === 0.2);
  const [other, unlike] = neededRuns(["mining"], [3]);
  const result = withRun(undefined, one!, experimentSettings, runOf(3));
  const known = runsByCause([result]);
  const find = ({ settings, point, seed }: typeof one & object) =>
    known.get(causeOf(settings, point, seed));
  assertEquals(find(other!), runOf(3));
  assertEquals(find(unlike!), undefined);
  assertEquals(find({ ...other!, seed: 4 }), undefined);
  const bad = { value: "jpeg-10", jpegQuality: 10 };
  assertEquals(find({ ...other!, point: bad }), undefined);
});

Deno.test("causeOf() does not depend on the order of the settings", () => {
  const turned = Object.fromEntries(
    Object.entries(experimentSettings).toReversed(),
  ) as unknown as typeof experimentSettings;
  const point = { value: 1 };
  assert(
    causeOf(turned, point, 1) === causeOf(experimentSettings, point, 1),
  );
});
