/** The package in pages of Chromium: one that is isolated from others, and one that is not. */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import {
  findBrowser,
  openUntil,
} from "../../../lib/commands/jupyter/browser.ts";
import { assert, assertEquals } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { serveFiles } from "../../export/tfjs/serve_files.ts";
import { permittedTest } from "../../permitted.ts";
import { assertAlike, madePackage, training } from "./made_package.ts";

/** Parts of Node.js that a page has not; tfjs's file names them all the same. */
const absent = ["fs", "path", "perf_hooks", "os"];

const imports = {
  "@tensorflow/tfjs": "./tf.fesm.min.js",
  "@tensorflow/tfjs-core": "./tf.fesm.min.js",
  "@tensorflow/tfjs-backend-wasm": "./tf-backend-wasm.fesm.min.js",
  "tfjs-wasm-training": "./main.js",
  ...Object.fromEntries(
    absent.map((name) => [name, "data:text/javascript,export default {}"]),
  ),
};

const page = `<!doctype html>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  let said;
  try {
    const tf = await import("@tensorflow/tfjs");
    const { mostThreads, useWasm } = await import("tfjs-wasm-training");
    const threads = mostThreads() > 1 ? 2 : undefined;
    const used = await useWasm({ wasm: "simd.wasm", threads });
    const workers = () => performance.getEntriesByType("resource")
      .filter(({ name }) => name.endsWith("worker.js")).length;
    // A thread starts when there is work for it, and no call waits for it.
    tf.tidy(() => tf.matMul(tf.ones([512, 512]), tf.ones([512, 512])));
    while (used.threads > 1 && workers() === 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    ${training}
    await tf.setBackend("cpu");
    said = { losses, used, workers: workers() };
  } catch (error) {
    said = { error: error.stack };
  }
  await fetch("said", { method: "POST", body: JSON.stringify(said) });
</script>`;

const isolated = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

async function npmFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { default: file } = await import(`npm:/@tensorflow/${path}`, {
    with: { type: "bytes" },
  });
  return file;
}

permittedTest(
  "the npm package trains in a page, on several threads where that is isolated",
  ["read", "write", "run", "net", "env"],
  () =>
    inFolder(async (folder) => {
      const browser = await findBrowser().catch(() => {});
      if (!browser) return console.warn("not tested: there is no Chromium");
      const { unpacked } = await madePackage(folder);
      const wasm = "tfjs-backend-wasm@4.22.0/dist";
      const files: Record<string, string | Uint8Array<ArrayBuffer>> = {
        "index.html": page,
        "tf.fesm.min.js": await npmFile("tfjs@4.22.0/dist/tf.fesm.min.js"),
        "tf-backend-wasm.fesm.min.js": await npmFile(
          `${wasm}/tf-backend-wasm.fesm.min.js`,
        ),
        "simd.wasm": await npmFile(`${wasm}/tfjs-backend-wasm-simd.wasm`),
      };
      for await (const { name } of Deno.readDir(join(unpacked, "dist"))) {
        files[name] = await Deno.readFile(join(unpacked, "dist", name));
      }
      const open = async (headers: Record<string, string>) => {
        const server = serveFiles(files, 1, headers);
        try {
          const said = await openUntil(browser, server.address, server.posted);
          return JSON.parse(said["said"]!);
        } finally {
          await server.close();
        }
      };
      const alone = await open({});
      assertEquals(alone.error, undefined);
      assertEquals(alone.used.threads, 1);
      const reason = "there is no memory that threads can share here";
      assert(alone.used.description.includes(reason), alone.used.description);
      const shared = await open(isolated);
      assertEquals(shared.error, undefined);
      assertEquals(shared.used.threads, 2);
      assertEquals([alone.workers, shared.workers], [0, 1]);
      assertEquals(shared.losses, alone.losses);
      await tf.setBackend("cpu");
      assertAlike(alone.losses, await lossesHere());
    }),
);

async function lossesHere(): Promise<number[]> {
  const make = Object.getPrototypeOf(async () => {}).constructor;
  return await make("tf", `${training} return losses;`)(tf);
}
