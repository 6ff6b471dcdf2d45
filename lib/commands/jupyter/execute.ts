import { fileURLToPath } from "node:url";
import { CommandError } from "../arguments/command.ts";
import { capture } from "../system/process.ts";
import { temporaryFolder } from "../system/project.ts";
import type { Environment } from "../python/environment.ts";
import { jupyterVariables, kernelName } from "../python/kernelspec.ts";
import type { NotebookFile } from "./notebook.ts";
import { sealed } from "../python/sealed.ts";

/** What a notebook's run is told. */
export interface Execution {
  /** The folder that the kernel starts in. */
  folder: string;
  /** The seconds that all cells together may take. */
  seconds: number;
  /** Variables for the kernel. */
  variables: Record<string, string>;
}

/** How a notebook's run ended. */
export interface Executed {
  /** `raised`: a cell threw; `late`: the time was over; `died`: the kernel ended. */
  end: "finished" | "raised" | "late" | "died";
  /** How many cells were begun. */
  started: number;
  /** The notebook with the outputs until then. */
  notebook: NotebookFile;
  /** What the kernel printed outside of the notebook. */
  log: string;
}

/**
 * Runs a notebook through the real Jupyter kernel. The file stays as it is.
 *
 * @throws {CommandError} If the kernel does not start.
 */
export async function executeNotebook(
  environment: Environment,
  path: string,
  { folder, seconds, variables }: Execution,
): Promise<Executed> {
  const temporary = await temporaryFolder();
  try {
    const result = `${temporary}/result.json`;
    const driver = fileURLToPath(new URL("execute.py", import.meta.url));
    const { args, env } = sealed(
      [driver, path, kernelName, folder, String(seconds), result],
      jupyterVariables(environment),
    );
    const ended = await capture(environment.python, args, {
      env: { ...variables, ...env },
    });
    const log = ended ? `${ended.stdout}${ended.stderr}`.trim() : "";
    if (ended?.code !== 0) {
      throw new CommandError(
        `Cannot run ${path}: expected Jupyter to start the kernel "${kernelName}", got\n${log}`,
      );
    }
    return { ...JSON.parse(await Deno.readTextFile(result)), log };
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}
