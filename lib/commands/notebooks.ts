import { CommandError, runCommand } from "./arguments/command.ts";
import type { Flags } from "./arguments/flags.ts";
import { findBrowser } from "./jupyter/browser.ts";
import { prepareEnvironment } from "./python/environment.ts";
import { runNotebook } from "./jupyter/reruns/run_notebook.ts";
import { writeKernelSpec } from "./python/kernelspec.ts";
import { mapPicture } from "./jupyter/map/map_picture.ts";
import { parseNotebook } from "./jupyter/notebook.ts";
import { selectNotebooks } from "./jupyter/select.ts";
import { writeWholeFile } from "../files/whole_file.ts";
import { checkOutputs } from "./arguments/paths.ts";
import { environmentFolder, notebookFolder } from "./system/project.ts";

const spec = {
  name: "deno task notebooks",
  description:
    "Runs the notebooks through the real Jupyter kernel. Fails when a cell throws or an\n" +
    "expected output is missing. Without --write no notebook is changed.",
  positionals: {
    name: "name…",
    description: "the notebooks, as 05 or 05_training (default all)",
  },
  options: {
    preset: {
      type: "choice",
      of: ["quick", "full"],
      default: "quick",
      description: "what the notebooks read as FACENET_PRESET",
    },
    write: {
      type: "boolean",
      description: "keep the outputs in the notebooks, with static pictures",
    },
    twice: {
      type: "boolean",
      description: "run each cell two times in a row",
    },
    skip: {
      type: "integer",
      min: 1,
      description:
        "leave the cell of this number out, and expect an error that says so or none",
    },
    compare: {
      type: "boolean",
      description:
        'fail where an output is not as committed, except in cells with the tag "speed"',
    },
    map: {
      type: "boolean",
      description:
        "run nothing: draw the README's small pictures from the outputs that are kept",
    },
    timeout: {
      type: "number",
      above: 0,
      default: 10,
      description: "minutes that a notebook may take",
    },
  },
} as const;

async function main(flags: Flags<typeof spec>): Promise<number> {
  checkTogether(flags);
  const names = await selectNotebooks(notebookFolder, flags.positionals);
  const pathOf = (name: string) => `${notebookFolder}/${name}.ipynb`;
  // Checked and found before the long work, so that it is not in vain.
  if (flags.write) {
    await checkOutputs(
      [],
      names.map((name) => ({ name: "the notebook", path: pathOf(name) })),
    );
  }
  if (flags.map) {
    const browser = await findBrowser();
    for (const name of names) await writeMapPicture(name, browser);
    return 0;
  }
  const browser = flags.write ? await findBrowser() : undefined;
  const environment = await prepareEnvironment(environmentFolder, console.log);
  await writeKernelSpec(environment);

  const failed: string[] = [];
  const { preset, twice, skip, compare, timeout } = flags;
  for (const name of names) {
    const begun = performance.now();
    const failures = await runNotebook(pathOf(name), {
      environment,
      browser,
      preset,
      twice,
      skip,
      compare,
      seconds: timeout * 60,
    });
    if (browser && failures.length === 0) await writeMapPicture(name, browser);
    const took = ((performance.now() - begun) / 1000).toFixed(1);
    const word = failures.length > 0 ? "FAILED" : browser ? "written" : "ok";
    console.log(`${name.padEnd(28)} ${took.padStart(6)} s  ${word}`);
    for (const failure of failures) {
      console.error(`\nnotebooks/${name}.ipynb: ${failure}\n`);
    }
    if (failures.length > 0) failed.push(name);
  }
  console.log(
    `${names.length - failed.length} of ${names.length} notebooks ran well` +
      (failed.length > 0 ? `; failed: ${failed.join(", ")}` : ""),
  );
  return failed.length > 0 ? 1 : 0;
}

/** A run that is another than the reader's is not to be kept or compared. */
function checkTogether(
  { write, twice, skip, compare, map }: Flags<typeof spec>,
) {
  const ways = Object.entries({
    write,
    compare,
    twice,
    skip: skip !== undefined,
    map,
  })
    .filter(([, is]) => is).map(([name]) => `--${name}`);
  if (ways.length <= 1) return;
  throw new CommandError(
    `Cannot run the notebooks: expected one of ${ways.join(", ")}, got all`,
  );
}

/** Writes the picture that stands for a notebook in the README, if it has one. */
async function writeMapPicture(name: string, browser: string): Promise<void> {
  const text = await Deno.readTextFile(`${notebookFolder}/${name}.ipynb`);
  const picture = await mapPicture(parseNotebook(text, name), name, browser);
  const path = `${notebookFolder}/figures/${name}.png`;
  if (picture) await writeWholeFile(path, picture);
  console.log(
    picture
      ? `notebooks/figures/${name}.png: ${picture.length} bytes`
      : `${name}: no picture of a figure`,
  );
}

if (import.meta.main) await runCommand(spec, main);
