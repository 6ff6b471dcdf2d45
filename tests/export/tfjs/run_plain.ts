import * as tf from "@tensorflow/tfjs";
import { fileURLToPath } from "node:url";
import type { TfjsFile } from "../../../lib/export/tfjs/export_tfjs.ts";
import { capture } from "../../../lib/commands/system/process.ts";
import { projectFolder } from "../../../lib/commands/system/project.ts";
import { assertEquals } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { writeValues } from "../pytorch/gradients.ts";
import { serveFiles } from "./serve_files.ts";

/** How plain TensorFlow.js is run: what computes, and where the files come from. */
export interface PlainOptions {
  backend?: "wasm" | "cpu";
  source?: "http" | "handler" | "files";
}

/** What it found. */
export interface PlainResult {
  embeddings: tf.Tensor;
  metadata: Record<string, unknown>;
  /** The names of the layers' classes, each once. */
  classes: string[];
}

const program = fileURLToPath(new URL("plain.ts", import.meta.url));

/** Embeds images with an export and plain TensorFlow.js, in a process of its own. */
export async function runPlain(
  files: Readonly<Record<string, TfjsFile>>,
  images: tf.Tensor,
  { backend = "wasm", source = "handler" }: PlainOptions = {},
): Promise<PlainResult> {
  let result: PlainResult;
  await inFolder(async (folder) => {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string"
        ? new TextEncoder().encode(content)
        : content;
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    await writeValues(`${folder}/images.bin`, images);
    const server = serveFiles(files);
    try {
      const ended = await capture(Deno.execPath(), [
        ...["run", "-q", "--no-check", "--allow-env", "--allow-sys"],
        ...["--allow-net=127.0.0.1", "--allow-read", `--allow-write=${folder}`],
        ...[program, backend, source, server.address, folder],
      ], { cwd: projectFolder, env: { NO_COLOR: "1" } });
      assertEquals(ended?.code, 0, ended?.stderr);
      const bytes = await Deno.readFile(`${folder}/embeddings.bin`);
      const values = new Float32Array(bytes.buffer);
      const count = images.shape[0]!;
      result = {
        ...JSON.parse(ended!.stdout.trim().split("\n").at(-1)!),
        embeddings: tf.tensor(values, [count, values.length / count]),
      };
    } finally {
      await server.close();
    }
  });
  return result!;
}
