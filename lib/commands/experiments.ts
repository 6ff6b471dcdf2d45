import { useBackend } from "../backends/use_backend.ts";
import { mnistFiles } from "../digits/mnist.ts";
import {
  type ExperimentName,
  experimentNames,
} from "../experiment/series/experiments.ts";
import {
  lookAtExperiments,
  runExperiments,
} from "../experiment/series/run_experiments.ts";
import { experimentPath } from "../experiment/series/store.ts";
import { pace } from "../plots/notebook/pace.ts";
import { threadsAmong } from "../training/settings/one_name.ts";
import { explaining, runCommand } from "./arguments/command.ts";
import type { Flags } from "./arguments/flags.ts";
import { FlagError } from "./arguments/option.ts";
import { checkOutputs } from "./arguments/paths.ts";
import { experimentsSpec } from "./experiments/spec.ts";
import { finishedLine, listing, runName } from "./experiments/text.ts";

if (import.meta.main) await runCommand(experimentsSpec, main);

async function main(
  { positionals, list, out, again, seeds, ...flags }: Flags<
    typeof experimentsSpec
  >,
): Promise<number> {
  const names = namesOf(positionals);
  const { steps, testImages } = flags;
  const threads = await explaining(() => threadsAmong("run", flags));
  const backend = await explaining(() =>
    useBackend(flags.backend, { threads })
  );
  const due = pace(5000);
  const options = {
    ...{ folder: out, seeds, again },
    settings: { steps, testImages },
  };
  const { missing } = await explaining(() => lookAtExperiments(names, options));
  if (list || missing.length === 0) {
    console.log(listing(names, seeds.length, missing));
    return 0;
  }
  await checkOutputs(
    mnistFiles().map((path) => ({ name: "MNIST", path })),
    names.map((name) => ({ name: "--out", path: experimentPath(name, out) })),
  );
  console.log(backend.description);
  const start = performance.now();
  await explaining(async () => {
    for await (
      const finished of runExperiments(names, {
        ...options,
        onStep: ({ step, loss }, { runs: [first] }) => {
          if (!due()) return;
          console.log(
            `${runName(first!)}: step ${step} of ${steps}  loss ${
              loss.toFixed(4)
            }`,
          );
        },
      })
    ) {
      const seconds = (performance.now() - start) / 1000;
      console.log(finishedLine(finished, seconds));
    }
  });
  return 0;
}

/** The experiments that were asked for, in the order of the table. */
function namesOf(given: readonly string[]): readonly ExperimentName[] {
  const unknown = given.find((name) =>
    !experimentNames.includes(name as ExperimentName)
  );
  if (unknown !== undefined) {
    throw new FlagError(
      `Cannot run experiment ${unknown}: expected one of ${
        experimentNames.join(", ")
      }`,
    );
  }
  if (given.length === 0) return experimentNames;
  return experimentNames.filter((name) => given.includes(name));
}
