import config from "../../../deno.json" with { type: "json" };
import { projectPath } from "../../files/paths.ts";
import { addedKernels } from "./kernel_names.ts";
import { packageReadme } from "./readme.ts";

/** The package's name on npm, and its version. */
export const packageName = "tfjs-wasm-training";
export const packageVersion: string = config.version;

/** The package's files, in their order, from its modules by name. */
export async function packageFiles(
  modules: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {
    "package.json": `${JSON.stringify(manifest, undefined, 2)}\n`,
    LICENSE: await Deno.readTextFile(projectPath("LICENSE")),
    "README.md": packageReadme(addedKernels()),
    // What entry/main.ts exports, without a word of Deno's.
    "dist/main.d.ts": await Deno.readTextFile(types),
  };
  for (const [name, text] of Object.entries(modules)) {
    files[`dist/${name}`] = text;
  }
  return files;
}

const types = new URL("main_types.txt", import.meta.url);

const manifest = {
  name: packageName,
  version: packageVersion,
  description:
    "The kernels that TensorFlow.js's WASM backend lacks for training, and threads",
  keywords: ["tensorflow.js", "tfjs", "wasm", "training"],
  license: "MIT",
  type: "module",
  exports: {
    ".": { types: "./dist/main.d.ts", default: "./dist/main.js" },
    "./worker.js": "./dist/worker.js",
    "./package.json": "./package.json",
  },
  types: "./dist/main.d.ts",
  files: ["dist"],
  sideEffects: true,
  engines: { node: ">=20.16" },
  peerDependencies: {
    "@tensorflow/tfjs": "~4.22.0",
    "@tensorflow/tfjs-backend-wasm": "~4.22.0",
  },
};
