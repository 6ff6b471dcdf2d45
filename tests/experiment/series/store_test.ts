import { join } from "node:path";
import { withRun } from "../../../lib/experiment/series/continue_results.ts";
import {
  experimentNames,
  experiments,
  experimentSettings,
} from "../../../lib/experiment/series/experiments.ts";
import { neededRuns } from "../../../lib/experiment/series/plan.ts";
import {
  experimentsFolder,
  findExperiment,
  loadExperiment,
  writeExperiment,
} from "../../../lib/experiment/series/store.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { runOf } from "./made_up.ts";

const [needed] = neededRuns(["margin"], [1]);
const result = withRun(undefined, needed!, experimentSettings, runOf(1));

permittedTest("loadExperiment() gives what was written, formatted", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    await writeExperiment(result, folder);
    assertEquals(await loadExperiment("margin", folder), result);
    assertEquals(namesIn(folder), ["margin.json"]);
    const text = await Deno.readTextFile(join(folder, "margin.json"));
    assert(text.startsWith('{\n  "experiment": "margin",\n  "settings": {\n'));
    assert(text.endsWith("}\n"));
  }));

permittedTest("loadExperiment() says how to make a file that is missing", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => loadExperiment("margin", folder),
      Deno.errors.NotFound,
      `got none (deno task experiments margin makes it)`,
    );
    assertEquals(await findExperiment("margin", folder), undefined);
  }));

permittedTest("loadExperiment() refuses what is no result, with the place", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    await Deno.mkdir(join(folder, "mining.json"));
    await assertRejects(
      () => loadExperiment("mining", folder),
      SyntaxError,
      `expected a file to read at ${join(folder, "mining.json")}`,
    );
    const [point] = result.points;
    const [run] = point!.runs;
    const points = (change: object) => ({
      ...result,
      points: [{ ...point, runs: [{ ...run, ...change }] }],
    });
    const cases: [unknown, string][] = [
      ["{", "expected JSON in"],
      [[], "expected the file as object, got []"],
      [{ ...result, experiment: "mining" }, 'one of margin, got "mining"'],
      [{ ...result, points: 3 }, "points of the file to be a list, got 3"],
      [{ ...result, seconds: 3 }, 'got "seconds"'],
      [
        { ...result, settings: { ...result.settings, steps: 0 } },
        "steps of settings to be a whole number of 1 or more, got 0",
      ],
      [
        points({ centroidAccuracy: 1.5 }),
        "centroidAccuracy of a run of 0.05 to be a number from 0 to 1, got 1.5",
      ],
      [points({ spread: null }), "spread of a run of 0.05"],
      [points({ clock: 1 }), 'got "clock"'],
    ];
    for (const [value, message] of cases) {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      await Deno.writeTextFile(join(folder, "margin.json"), text);
      await assertRejects(
        () => loadExperiment("margin", folder),
        SyntaxError,
        message,
      );
    }
  }));

permittedTest("the project's results are those of the table", [
  "read",
], async () => {
  for (const name of experimentNames) {
    const found = await findExperiment(name, experimentsFolder);
    if (!found) continue;
    assertEquals(found.settings, experimentSettings);
    assertEquals(
      found.points.map(({ runs: _, ...point }) => point),
      experiments[name].points as unknown as typeof found.points,
    );
  }
});
