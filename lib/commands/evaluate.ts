import { dirname, join } from "node:path";
import { useBackend } from "../backends/use_backend.ts";
import { loadMnist, mnistFiles } from "../digits/mnist.ts";
import { threadsAmong } from "../training/settings/one_name.ts";
import { loadNetwork } from "../training/weights/weights.ts";
import { explaining, runCommand } from "./arguments/command.ts";
import { evaluateNetwork } from "../experiment/evaluate_network.ts";
import { projectorPaths, writeEvaluation } from "./evaluate/output.ts";
import { evaluateSpec } from "./evaluate/spec.ts";
import { sectionText } from "../experiment/report/text.ts";
import { FlagError } from "./arguments/option.ts";
import { checkOutputs } from "./arguments/paths.ts";
import { pace } from "../plots/notebook/pace.ts";

if (import.meta.main) {
  await runCommand(evaluateSpec, async ({ weights, json, ...flags }) => {
    if (weights === undefined) {
      throw new FlagError("Cannot evaluate: expected --weights, got none");
    }
    const {
      projector,
      backend: asked,
      page = join(dirname(weights), "report.html"),
    } = flags;
    const threads = await explaining(() => threadsAmong("evaluate", flags));
    const backend = await explaining(() => useBackend(asked, { threads }));
    // First, for a folder that the default page makes is not to stay behind.
    const network = await explaining(() => loadNetwork(weights));
    const tables = projector === undefined ? [] : projectorPaths(projector);
    await checkOutputs([
      { name: "--weights", path: weights },
      ...mnistFiles().map((path) => ({ name: "MNIST", path })),
    ], [
      { name: "--page", path: page },
      { name: "--json", path: json },
      ...tables.map((path) => ({ name: "--projector", path })),
    ]);
    console.log(backend.description);
    const due = pace(5000);
    const evaluation = await explaining(async () =>
      evaluateNetwork(network, {
        data: await loadMnist(),
        projector: projector !== undefined,
        onProgress: (text) => due() && console.log(text),
        onSection: (section) => console.log(`\n${sectionText(section)}\n`),
      })
    );
    const written = await writeEvaluation(evaluation, {
      settings: network.settings,
      weights,
      backend,
      page,
      json,
      projector,
    });
    for (const path of written) console.log(`wrote ${path}`);
    return 0;
  });
}
