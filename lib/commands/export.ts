import { useBackend } from "../backends/use_backend.ts";
import { loadNetwork } from "../training/weights/weights.ts";
import { explaining, runCommand } from "./arguments/command.ts";
import { flagName } from "./arguments/flags.ts";
import { FlagError } from "./arguments/option.ts";
import { checkOutputs } from "./arguments/paths.ts";
import { writeOutput } from "./arguments/write_output.ts";
import { removeOld } from "./export/remove_old.ts";
import { exportSpec, runOptions } from "./export/spec.ts";
import { plainName, targetNames, targets } from "./export/targets.ts";

if (import.meta.main) {
  await runCommand(exportSpec, async ({ weights, to, out, ...flags }) => {
    if (weights === undefined) {
      throw new FlagError("Cannot export: expected --weights, got none");
    }
    if (to === undefined) {
      throw new FlagError(
        `Cannot export: expected --to ${targetNames()}, got none`,
      );
    }
    const { positionals: _, precision, fold, lr, ...others } = flags;
    const settings = { ...others, learningRate: lr };
    const { place, folds, trains, files, old } = targets[to]!;
    if (fold && !folds) {
      const names = targetNames(({ folds }) => folds);
      throw new FlagError(
        `Cannot export: expected --to ${names} with --fold, got ${to}`,
      );
    }
    const ofRun = Object.keys(runOptions) as (keyof typeof runOptions)[];
    const odd = ofRun.find((name) => flags[name] !== undefined);
    if (odd && !trains) {
      const names = targetNames(({ trains }) => trains);
      throw new FlagError(
        `Cannot export: expected --to ${names} with ${
          flagName(odd)
        }, got ${to}`,
      );
    }
    const options = { precision, fold, settings };
    await explaining(() => useBackend("wasm", { threads: 1 }));
    const network = await explaining(() => loadNetwork(weights));
    const goal = out ?? place(plainName(weights));
    // First, for a folder that is made for them is not to stay behind.
    const written = await explaining(() => files(goal, network, options));
    await checkOutputs(
      [{ name: "--weights", path: weights }],
      written.map(([path]) => ({ name: "--out", path })),
    );
    for (const [path, content] of written) {
      await writeOutput(path, content);
      const megabytes = (await Deno.stat(path)).size / 1e6;
      console.log(`wrote ${path} (${megabytes.toFixed(2)} MB)`);
    }
    if (old) {
      const paths = written.map(([path]) => path);
      const removed = await explaining(() => removeOld(paths, old));
      for (const path of removed) {
        console.log(`removed ${path}, of an earlier export`);
      }
    }
    return 0;
  });
}
