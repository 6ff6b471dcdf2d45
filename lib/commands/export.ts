import { useBackend } from "../backends/use_backend.ts";
import { loadNetwork } from "../training/weights/weights.ts";
import { explaining, runCommand } from "./arguments/command.ts";
import { FlagError } from "./arguments/option.ts";
import { checkOutputs } from "./arguments/paths.ts";
import { writeOutput } from "./arguments/write_output.ts";
import { exportSpec } from "./export/spec.ts";
import { plainName, targets } from "./export/targets.ts";

if (import.meta.main) {
  await runCommand(exportSpec, async ({ weights, to, out, ...options }) => {
    if (weights === undefined) {
      throw new FlagError("Cannot export: expected --weights, got none");
    }
    if (to === undefined) {
      const names = Object.keys(targets).join(" or ");
      throw new FlagError(`Cannot export: expected --to ${names}, got none`);
    }
    if (options.fold && to !== "onnx") {
      throw new FlagError(
        `Cannot export: expected --to onnx with --fold, got ${to}`,
      );
    }
    const { place, paths, contents } = targets[to]!;
    await explaining(() => useBackend("wasm", { threads: 1 }));
    const network = await explaining(() => loadNetwork(weights));
    // First, for a folder that is made for them is not to stay behind.
    const written = await explaining(() => contents(network, options));
    const files = paths(out ?? place(plainName(weights)));
    await checkOutputs(
      [{ name: "--weights", path: weights }],
      files.map((path) => ({ name: "--out", path })),
    );
    for (const [i, path] of files.entries()) {
      await writeOutput(path, written[i]!);
      const megabytes = (await Deno.stat(path)).size / 1e6;
      console.log(`wrote ${path} (${megabytes.toFixed(2)} MB)`);
    }
    return 0;
  });
}
