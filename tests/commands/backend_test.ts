import { join } from "node:path";
import { assert, assertEquals } from "../assert.ts";
import { inFolder, namesIn } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { runIn } from "./run.ts";

/** No backend of wgpu has this name, so that WebGPU finds no adapter. */
const noDevice = { DENO_WEBGPU_BACKEND: "none" };

permittedTest(
  "train and evaluate say what helps where there is no GPU",
  ["run", "read", "write"],
  () =>
    inFolder(async (folder) => {
      const weights = ["--weights", "data/nn2-4d.safetensors"];
      for (
        const [command, args] of [
          ["train", ["--out", folder]],
          ["evaluate", [...weights, "--page", join(folder, "page.html")]],
        ] as const
      ) {
        const gpu = ["--backend", "webgpu"];
        const { code, stdout, stderr } = await runIn(
          noDevice,
          command,
          ...gpu,
          ...args,
        );
        assertEquals([code, stdout], [1, ""]);
        assert(
          stderr.startsWith("Cannot use the webgpu backend: expected a GPU, "),
          stderr,
        );
        assertEquals(stderr.split("\n").length, 2, stderr);
        assertEquals(namesIn(folder), []);
      }
    }),
);
