import { loadExperiment } from "../../../lib/experiment/series/store.ts";
import {
  type ExperimentOptions,
  runExperiments,
} from "../../../lib/experiment/series/run_experiments.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { changes, data } from "./small.ts";

const names = ["margin", "normalization"] as const;
const seeds = [1];

/** All that is made, and how many networks were trained for it. */
async function make(options: ExperimentOptions, atMost = Infinity) {
  const made: string[] = [];
  let steps = 0;
  const given = { data, seeds, settings: changes, onStep: () => void steps++ };
  for await (
    const { needed, part } of runExperiments(names, { ...given, ...options })
  ) {
    made.push(`${needed.name} ${needed.point.value}`);
    assert(part > 0 && part <= 1);
    if (made.length === atMost) break;
  }
  return { made, steps };
}

permittedTest(
  "runExperiments() goes on where it was stopped, to the same files",
  [
    "read",
    "write",
  ],
  () =>
    inFolder((whole) =>
      inFolder(async (parts) => {
        const all = await make({ folder: whole });
        assertEquals(all.made.length, 5 + 3);
        // One is in both experiments.
        assertEquals(all.steps, 7);
        const first = await make({ folder: parts }, 3);
        assertEquals(first.made.at(-1), "margin 0.2");
        assertEquals(namesIn(parts), ["margin.json"]);
        const second = await make({ folder: parts });
        // The fourth comes from the other experiment's file.
        assertEquals(all.made[3], "normalization batch");
        const made = [...first.made, ...second.made];
        assertEquals(made, all.made.toSpliced(3, 1));
        assertEquals([first.steps, second.steps], [3, 4]);
        for (const name of names) {
          assertEquals(
            await loadExperiment(name, parts),
            await loadExperiment(name, whole),
          );
        }
        assertEquals(await make({ folder: parts }), { made: [], steps: 0 });

        const other = { folder: parts, settings: { ...changes, steps: 2 } };
        await assertRejects(() => make(other), RangeError, "expected steps 1");
        const again = await make({ ...other, again: true }, 1);
        assertEquals(again, { made: ["margin 0.05"], steps: 2 });
        const { points, settings } = await loadExperiment("margin", parts);
        assertEquals([points.length, settings.steps], [1, 2]);
      })
    ),
);

permittedTest("runExperiments() keeps what another process adds meanwhile", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const given = { folder, data, settings: changes };
    const run = (seed: number) =>
      runExperiments(["normalization"], { ...given, seeds: [seed] });
    const [one, other] = [run(1), run(2)];
    for (let k = 0; k < 3; k++) {
      await one.next();
      await other.next();
    }
    const { points } = await loadExperiment("normalization", folder);
    assertEquals(
      points.map(({ runs }) => runs.map(({ seed }) => seed)),
      [[1, 2], [1, 2], [1, 2]],
    );
    await Promise.all([one.return(), other.return()]);
  }));
