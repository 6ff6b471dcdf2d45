/** ONNX files by PyPI's checker (onnx 1.23) and onnxruntime (1.32). */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { exportOnnx } from "../../../lib/export/onnx/export_onnx.ts";
import { projectPath } from "../../../lib/files/paths.ts";
import {
  type LoadedNetwork,
  loadNetwork,
} from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals } from "../../assert.ts";
import { randomImages, randomNetwork } from "../networks.ts";
import { pythonTest } from "../python.ts";

/** What check_onnx.py prints for a file. */
interface Checked {
  embeddings: number[][];
  opset: number;
  metadata: Record<string, string>;
  operations: string[];
}

pythonTest(
  "exportOnnx() writes files that the checker passes and onnxruntime embeds with",
  [
    "onnx",
    "onnxruntime",
  ],
  async (folder, run) => {
    await useBackend("wasm", { threads: 1 });
    const load = (name: string) => loadNetwork(projectPath(`data/${name}`));
    const networks: Record<
      string,
      () => LoadedNetwork | Promise<LoadedNetwork>
    > = {
      "128": () => load("nn2-128d.safetensors"),
      "4": () => load("nn2-4d.safetensors"),
      none: () => randomNetwork("none"),
      batch: () => randomNetwork("batch"),
      lrn: () => randomNetwork("lrn"),
      "batch 224": () => randomNetwork("batch", 224),
    };
    for (const [name, make] of Object.entries(networks)) {
      const network = await make();
      const images = randomImages(network, 3, name === "lrn" ? 50 : 1);
      const ours = tf.tidy(() =>
        (network.model.predict(images) as tf.Tensor2D).arraySync()
      );
      const planes = tf.transpose(images, [0, 3, 1, 2]);
      const values = new Float32Array(planes.dataSync());
      const paths: string[] = [];
      for (const fold of [false, true]) {
        const path = `${folder}/${fold}.onnx`;
        await Deno.writeFile(path, await exportOnnx(network, { fold }));
        const bytes = new Uint8Array(values.buffer);
        await Deno.writeFile(`${path}.images`, bytes);
        paths.push(path);
      }
      const checked = await run("check_onnx.py", ...paths) as Checked[];
      for (
        const [i, { embeddings, opset, metadata, operations }] of checked
          .entries()
      ) {
        const far = embeddings.flat().map((value, i) =>
          Math.abs(value - ours.flat()[i]!)
        );
        assert(Math.max(...far) < 1e-5, `${name}: ${Math.max(...far)}`);
        assertEquals(opset, 17);
        assertEquals(JSON.parse(metadata.settings!), network.settings);
        assert(metadata.input_layout!.startsWith("NCHW"));
        const hasNormalization = operations.includes("BatchNormalization");
        assertEquals(
          hasNormalization,
          i === 0 && network.settings.normalization === "batch",
        );
      }
      tf.dispose([images, planes]);
      network.model.dispose();
    }
  },
);
