/** An export in Chromium: its example, and embeddings by a script tag and by a module. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import {
  findBrowser,
  openUntil,
} from "../../../lib/commands/jupyter/browser.ts";
import { exportTfjs } from "../../../lib/export/tfjs/export_tfjs.ts";
import { projectPath } from "../../../lib/files/paths.ts";
import { loadNetwork } from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { randomImages } from "../networks.ts";
import { farthest } from "../onnx/run_onnx.ts";
import { serveFiles } from "./serve_files.ts";

/**
 * A page of someone's own, which posts the embeddings of images.json.
 *
 * @param script Goes before its module.
 * @param library Gives the module a `tf`, where the script did not.
 */
const ownPage = (name: string, script: string, library: string) =>
  `<!doctype html>${script}
<script type="module">
  ${library}
  import { registerLayers } from "./nn2.js";
  let said;
  try {
    await tf.setBackend("cpu");
    registerLayers(tf);
    const images = await (await fetch("images.json")).json();
    const model = await tf.loadLayersModel("model.json");
    said = await model.predict(tf.tensor(images)).array();
  } catch (error) {
    said = error.stack;
  }
  await fetch("${name}", { method: "POST", body: JSON.stringify(said) });
</script>`;

/** Posts what the example page shows, once it shows something. */
const reporter = `<script type="module">
  const said = () => document.querySelector("#result").textContent;
  while (!/embedding|Error/.test(said())) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await fetch("example", { method: "POST", body: said() });
</script>`;

/** One of TensorFlow.js's own files. */
async function tfjsFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const { default: file } = await import(
    `npm:/@tensorflow/tfjs@${tf.version.tfjs}/dist/${name}`,
    { with: { type: "bytes" } }
  );
  return file;
}

permittedTest(
  "an export's page works in a browser, and embeddings there are as here",
  ["read", "write", "run", "net", "env"],
  async () => {
    const browser = await findBrowser().catch(() => {});
    if (!browser) return console.warn("not tested: there is no Chromium");
    await useBackend("wasm", { threads: 1 });
    const path = projectPath("data/nn2-4d.safetensors");
    const network = await loadNetwork(path);
    const images = randomImages(network, 2);
    const files = await exportTfjs(network, { precision: "float16" });
    const example = files["index.html"] as string;
    const address =
      `https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@${tf.version.tfjs}/dist/tf.min.js`;
    assert(example.includes(address));
    const served = {
      ...files,
      // WebGL without a graphics card takes half a minute.
      "index.html": example.replace(address, "tf.min.js").replace(
        "</head>",
        "<script>tf.setBackend('cpu');</script></head>",
      ) + reporter,
      "script.html": ownPage("script", '<script src="tf.min.js"></script>', ""),
      "module.html": ownPage(
        "module",
        "",
        'import * as tf from "./tf.fesm.min.js";',
      ),
      "all.html": ["index", "script", "module"]
        .map((name) => `<iframe src="${name}.html"></iframe>`).join(""),
      "images.json": JSON.stringify(await images.array()),
      "tf.min.js": await tfjsFile("tf.min.js"),
      "tf.fesm.min.js": await tfjsFile("tf.fesm.min.js"),
    };
    const server = serveFiles(served, 3);
    try {
      const said = await openUntil(
        browser,
        `${server.address}/all.html`,
        server.posted,
      );
      const [, near, far, embedding] =
        /second: ([\d.]+)\n.*third: +([\d.]+)\n\n.*image\n(.*)$/.exec(
          said["example"]!,
        ) ?? [];
      assert(Number(near) < Number(far), said["example"]);
      assertEquals(embedding?.trim().split(/ +/).length, 4);
      const ours = network.model.predict(images) as tf.Tensor;
      for (const name of ["script", "module"]) {
        const embeddings = JSON.parse(said[name]!);
        assert(Array.isArray(embeddings), `${name}: ${embeddings}`);
        const off = farthest(tf.tensor(embeddings), ours);
        assert(off < 1e-5, `${name}: ${off}`);
      }
    } finally {
      await server.close();
    }
    network.model.dispose();
  },
);
