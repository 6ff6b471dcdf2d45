import { join } from "node:path";
import { CommandError } from "../arguments/command.ts";
import { capture } from "../system/process.ts";
import { projectFolder, temporaryFolder } from "../system/project.ts";

/**
 * The package's modules as JavaScript, by name, by `deno bundle`: it is part of Deno and
 * takes esbuild from the npm registry, once.
 *
 * @throws {CommandError} If they cannot be bundled, with what `deno bundle` says.
 */
export async function bundleModules(): Promise<Record<string, string>> {
  const folder = await temporaryFolder();
  try {
    const entry = "lib/commands/package/entry";
    const ended = await capture(Deno.execPath(), [
      ...["bundle", "--quiet", "--platform=browser", "--code-splitting"],
      ...["--outdir", folder, `${entry}/main.ts`, `${entry}/worker.ts`],
      // Last: it takes all that follows.
      ...["--external", "@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"],
    ], { cwd: projectFolder, env: { NO_COLOR: "1" } });
    const names = (await Array.fromAsync(Deno.readDir(folder)))
      .map(({ name }) => name).sort();
    if (ended?.code !== 0 || !names.includes("worker.js")) {
      throw new CommandError(
        `Cannot make the package: expected deno bundle to put its modules together, got "${
          ended?.stderr.trim() ?? "no deno"
        }"`,
      );
    }
    const modules: Record<string, string> = {};
    for (const name of names) {
      modules[name] = await Deno.readTextFile(join(folder, name));
    }
    return modules;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
