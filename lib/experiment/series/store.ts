import { join } from "node:path";
import { checkPath, projectPath } from "../../files/paths.ts";
import { checkValue } from "../../numeric/domain.ts";
import { refuseFile } from "../../numeric/refuse.ts";
import { writeJson } from "../report/report.ts";
import { checkResult } from "./check_result.ts";
import { type ExperimentName, experimentNames } from "./experiments.ts";
import type { ExperimentResult } from "./result.ts";

/** The folder of the results that are part of the project. */
export const experimentsFolder = projectPath("data/experiments");

/**
 * Loads the results of an experiment, as `deno task experiments` wrote them.
 *
 * @param folder That of the files; the project's `data/experiments` by default.
 * @throws {RangeError} If there is no experiment of this name, or the folder is no path.
 * @throws {Deno.errors.NotFound} If the experiment has not been made.
 * @throws {SyntaxError} If the file is damaged or none of this experiment.
 *
 * @example
 * ```ts ignore
 * const { varies, points } = await loadExperiment("margin");
 * for (const { value, runs } of points) {
 *   console.log(varies, value, runs.map((run) => run.centroidAccuracy));
 * }
 * ```
 */
export async function loadExperiment(
  name: ExperimentName,
  folder: string = experimentsFolder,
): Promise<ExperimentResult> {
  const action = "load an experiment";
  checkValue(action, "name", name, { type: "choice", of: experimentNames });
  checkPath(action, "folder", folder);
  const found = await findExperiment(name, folder);
  if (found) return found;
  throw new Deno.errors.NotFound(
    `Cannot load experiment ${name}: expected ${
      experimentPath(name, folder)
    }, got none (deno task experiments ${name} makes it)`,
  );
}

/** The same, or nothing where there is no such file. */
export async function findExperiment(
  name: ExperimentName,
  folder: string,
): Promise<ExperimentResult | undefined> {
  const action = `load experiment ${name}`;
  const path = experimentPath(name, folder);
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    const isNone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (isNone) return undefined;
    const { message } = error as Error;
    refuseFile(action, `a file to read at ${path}`, message, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    refuseFile(action, `JSON in ${path}`, (cause as Error).message, { cause });
  }
  return checkResult(action, name, value);
}

/** Writes the file of an experiment, whole or not at all. */
export async function writeExperiment(
  result: ExperimentResult,
  folder: string,
): Promise<void> {
  await writeJson(experimentPath(result.experiment, folder), result);
}

/** Where the results of an experiment are. */
export function experimentPath(name: string, folder: string): string {
  return join(folder, `${name}.json`);
}
