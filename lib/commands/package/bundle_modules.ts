import { join } from "node:path";
import { denoBundle } from "../system/deno_bundle.ts";
import { temporaryFolder } from "../system/project.ts";

/**
 * The package's modules as JavaScript, by name.
 *
 * @throws {CommandError} If they cannot be bundled.
 */
export async function bundleModules(): Promise<Record<string, string>> {
  const folder = await temporaryFolder();
  try {
    const entry = "lib/commands/package/entry";
    await denoBundle("make the package", [
      ...["--code-splitting", "--outdir", folder],
      ...[`${entry}/main.ts`, `${entry}/worker.ts`],
      ...["--external", "@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"],
    ]);
    const names = (await Array.fromAsync(Deno.readDir(folder)))
      .map(({ name }) => name).sort();
    const modules: Record<string, string> = {};
    for (const name of names) {
      modules[name] = await Deno.readTextFile(join(folder, name));
    }
    return modules;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
