import { join } from "node:path";
import { useBackend } from "../backends/use_backend.ts";
import { loadMnist, mnistFiles } from "../digits/mnist.ts";
import { pace } from "../plots/notebook/pace.ts";
import { loadNetwork } from "../training/weights/weights.ts";
import { explaining, runCommand } from "./arguments/command.ts";
import { checkOutputs } from "./arguments/paths.ts";
import { writeOutput } from "./arguments/write_output.ts";
import { plainName } from "./export/targets.ts";
import { bundleProgram } from "./page/make/bundle_program.ts";
import { checkPageNetwork, pageContents } from "./page/make/page_contents.ts";
import { pageHtml } from "./page/make/page_html.ts";
import { pageSpec } from "./page/spec.ts";

if (import.meta.main) {
  await runCommand(pageSpec, async ({ weights, out, precision }) => {
    const name = plainName(weights);
    const path = out ?? join("out", `${name}.html`);
    const { description } = await explaining(() => useBackend("wasm"));
    // First, for a folder that is made for them is not to stay behind.
    const network = await explaining(() => loadNetwork(weights));
    await explaining(() => checkPageNetwork(network.settings));
    await checkOutputs(
      [
        { name: "--weights", path: weights },
        ...mnistFiles().map((path) => ({ name: "MNIST", path })),
      ],
      [{ name: "--out", path }],
    );
    console.log(description);
    const due = pace(5000);
    const contents = await explaining(async () =>
      pageContents(network, {
        name,
        precision,
        mnist: await loadMnist(),
        onProgress: (done) => due() && console.log(`embedded ${done} images`),
      })
    );
    const program = await bundleProgram();
    await writeOutput(path, pageHtml({ ...contents, program }));
    const megabytes = (await Deno.stat(path)).size / 1e6;
    console.log(`wrote ${path} (${megabytes.toFixed(2)} MB)`);
    return 0;
  });
}
