import { join } from "node:path";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { capture } from "../../../lib/commands/system/process.ts";
import { projectFolder } from "../../../lib/commands/system/project.ts";
import { mnistFiles } from "../../../lib/digits/mnist.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { settle } from "../../../lib/training/settings/settings.ts";
import { saveWeights } from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";

/** Runs the command with the permission set of its task. */
async function evaluate(...args: string[]) {
  const ended = await capture(
    Deno.execPath(),
    ["run", "-q", "-P=evaluate", "lib/commands/evaluate.ts", ...args],
    { cwd: projectFolder, env: { NO_COLOR: "1" } },
  );
  assert(ended);
  return ended;
}

permittedTest(
  "evaluate makes no folder for a page of weights that are missing",
  ["run", "read", "write"],
  () =>
    inFolder(async (folder) => {
      const weights = join(folder, "nowhere", "weights.safetensors");
      const { code, stderr } = await evaluate("--weights", weights);
      assertEquals(code, 1);
      assertEquals(
        stderr,
        `Cannot load weights: expected a safetensors file at ${weights}, got none\n`,
      );
      assertEquals(namesIn(folder), []);
    }),
);

permittedTest(
  "evaluate fails before its work when it cannot write",
  ["run", "read", "write"],
  () =>
    inFolder(async (folder) => {
      await useBackend("wasm");
      const weights = join(folder, "weights.safetensors");
      const model = createNN2({ embeddingSize: 4, seed: 1 });
      await saveWeights(weights, model, settle("quick", { embeddingSize: 4 }));
      model.dispose();
      const file = join(folder, "file");
      await Deno.writeTextFile(file, "kept");
      const saved = await Deno.readFile(weights);
      const both = join(folder, "both");
      const cases = [
        [
          ["--page", join(file, "page.html")],
          `Cannot write to ${file}: expected`,
        ],
        [["--page", folder], "expected the path of a file, got a folder"],
        [["--json", folder], "expected the path of a file, got a folder"],
        [["--projector", file], `Cannot write to ${file}: expected a folder`],
        [
          ["--json", weights],
          `Cannot write --json to ${weights}: expected a place of its own, got that of --weights`,
        ],
        [["--page", weights], "got that of --weights"],
        [["--projector", weights], "got a place in that of --weights"],
        [["--page", both, "--json", both], "got that of --page"],
        [
          ["--json", join(both, "vectors.tsv"), "--projector", both],
          "got that of --json",
        ],
        [["--json", mnistFiles()[0]!], "got that of MNIST"],
      ] as const;
      for (const [args, message] of cases) {
        const { code, stderr } = await evaluate("--weights", weights, ...args);
        assertEquals(code, 1, stderr);
        assert(stderr.includes(message), stderr);
        assert(!stderr.includes("    at "), stderr);
        assertEquals(namesIn(folder), ["file", "weights.safetensors"]);
      }
      assertEquals(await Deno.readTextFile(file), "kept");
      assertEquals(await Deno.readFile(weights), saved);
    }),
);
