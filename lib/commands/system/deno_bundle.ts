import { CommandError } from "../arguments/command.ts";
import { capture } from "./process.ts";
import { projectFolder } from "./project.ts";

/**
 * Puts modules together for a browser by `deno bundle`: it is part of Deno and takes
 * esbuild from the npm registry, once.
 *
 * @param task What is being done, such as "make a page".
 * @param args Its entries and options. `--external` comes last: it takes all that
 * follows.
 * @returns What it printed: the program, unless `--outdir` has it written to files.
 * @throws {CommandError} If they cannot be bundled, with what `deno bundle` says.
 */
export async function denoBundle(
  task: string,
  args: readonly string[],
): Promise<string> {
  const ended = await capture(Deno.execPath(), [
    ...["bundle", "--quiet", "--platform=browser"],
    ...args,
  ], { cwd: projectFolder, env: { NO_COLOR: "1" } });
  if (ended?.code === 0) return ended.stdout;
  throw new CommandError(
    `Cannot ${task}: expected deno bundle to put its modules together, got "${
      ended?.stderr.trim() ?? "no deno"
    }"`,
  );
}
