import { CommandError } from "../../arguments/command.ts";
import { capture } from "../../system/process.ts";
import { projectFolder } from "../../system/project.ts";

/**
 * The page's program in one piece, small, by `deno bundle`: it is part of Deno and takes
 * esbuild from the npm registry, once.
 *
 * @throws {CommandError} If it cannot be bundled, with what `deno bundle` says.
 */
export async function bundleProgram(): Promise<string> {
  const ended = await capture(Deno.execPath(), [
    ...["bundle", "--quiet", "--platform=browser", "--minify"],
    "lib/commands/page/app/main.ts",
  ], { cwd: projectFolder, env: { NO_COLOR: "1" } });
  if (ended?.code === 0 && ended.stdout !== "") return ended.stdout;
  throw new CommandError(
    `Cannot make a page: expected deno bundle to put its program together, got "${
      ended?.stderr.trim() ?? "no deno"
    }"`,
  );
}
