import { join } from "node:path";
import { runCommand } from "./arguments/command.ts";
import { checkOutputs } from "./arguments/paths.ts";
import { writeOutput } from "./arguments/write_output.ts";
import { bundleModules } from "./package/bundle_modules.ts";
import {
  packageFiles,
  packageName,
  packageVersion,
} from "./package/package_files.ts";
import { packageSpec } from "./package/spec.ts";
import { packTarball } from "./package/tarball.ts";

if (import.meta.main) {
  await runCommand(packageSpec, async ({ out }) => {
    const path = out ?? join("out", `${packageName}-${packageVersion}.tgz`);
    await checkOutputs([], [{ name: "--out", path }]);
    const files = await packageFiles(await bundleModules());
    const packed = await packTarball(files);
    await writeOutput(path, packed);
    console.log(`wrote ${path} (${(packed.length / 1e3).toFixed(1)} kB)`);
    return 0;
  });
}
