/**
 * Makes lib/export/tfjs/nn2.js, which an export holds, of lib's own layers:
 *
 *     deno run -A tests/export/tfjs/make_layers.ts
 *
 * `deno bundle` (esbuild, MIT) puts their modules into one and takes the types out.
 * What is left to do: TensorFlow.js becomes the argument of a function, so that a page
 * with a script tag and a program that imports it use the same file.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { denoBundle } from "../../../lib/commands/system/deno_bundle.ts";
import { capture } from "../../../lib/commands/system/process.ts";
import { projectFolder } from "../../../lib/commands/system/project.ts";

/** The file that is made. */
export const layersPath = fileURLToPath(
  new URL("../../../lib/export/tfjs/nn2.js", import.meta.url),
);

const opening = `/**
 * The layers of FaceNet's NN2 (arXiv 1503.03832) that TensorFlow.js lacks:
 *
 *     import { registerLayers } from "./nn2.js";
 *     registerLayers(tf);
 *     const model = await tf.loadLayersModel("model.json");
 *
 * MIT license. Made of the project's TypeScript by tests/export/tfjs/make_layers.ts.
 */
`;

/**
 * The text of the file, from the layers as they are now.
 *
 * @throws {Error} If Deno cannot bundle or format it: with what it said.
 */
export async function makeLayers(): Promise<string> {
  const entry = fileURLToPath(new URL("layers_entry.ts", import.meta.url));
  const bundled = await denoBundle("make the layers", [
    entry,
    ...["--external", "@tensorflow/tfjs"],
  ]);
  const body = bundled
    .replaceAll(/^import \* as tf\d* from "@tensorflow\/tfjs";\n/gm, "")
    .replaceAll(/\btf\d+\./g, "tf.")
    .replaceAll(/^var /gm, "const ");
  if (/^(import|export)\b/m.test(body)) {
    throw new Error(`Cannot make the layers: expected one module in\n${body}`);
  }
  const registers =
    `${opening}export function registerLayers(tf) {\n${body}}\n`;
  return await formatted(registers);
}

async function formatted(program: string): Promise<string> {
  const args = ["fmt", "--ext", "js", "-"];
  const ended = await capture(Deno.execPath(), args, {
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
    input: program,
  });
  if (ended?.code !== 0) throw new Error(`deno fmt: ${ended?.stderr}`);
  return ended.stdout;
}

if (import.meta.main) await Deno.writeTextFile(layersPath, await makeLayers());
