/** Whole networks by onnxruntime-web against this library's own. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { exportOnnx } from "../../../lib/export/onnx/export_onnx.ts";
import { projectPath } from "../../../lib/files/paths.ts";
import type { InputSize } from "../../../lib/nn2/table.ts";
import {
  type LoadedNetwork,
  loadNetwork,
} from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { randomImages, randomNetwork } from "../networks.ts";
import { farthest, runOnnx } from "./run_onnx.ts";

const TOLERANCE = 1e-5;

/** How far apart the embeddings are. */
async function difference(
  network: LoadedNetwork,
  images: tf.Tensor4D,
  options = {},
): Promise<number> {
  const ours = network.model.predict(images) as tf.Tensor;
  const bytes = await exportOnnx(network, options);
  const theirs = await runOnnx(bytes, images);
  assertEquals(theirs.shape, ours.shape);
  const far = farthest(theirs, ours);
  tf.dispose([ours, theirs]);
  return far;
}

const permissions = ["read", "env", "sys"] as Deno.PermissionName[];

for (const size of [128, 4]) {
  permittedTest(
    `exportOnnx() of the ${size}-d network embeds digits as it does`,
    permissions,
    async () => {
      await useBackend("wasm", { threads: 1 });
      const path = `data/nn2-${size}d.safetensors`;
      const network = await loadNetwork(projectPath(path));
      const images = randomImages(network, 5);
      // The file's weights are float16 already.
      const cases = [{}, { precision: "float16" }, { fold: true }];
      for (const options of cases) {
        const far = await difference(network, images, options);
        assert(far < TOLERANCE, `${JSON.stringify(options)}: ${far}`);
      }
      images.dispose();
      network.model.dispose();
    },
  );
}

for (const inputSize of [28, 224] as InputSize[]) {
  for (const normalization of ["none", "batch", "lrn"] as const) {
    permittedTest(
      `exportOnnx() of random weights for ${inputSize}×${inputSize} pixels and normalization ${normalization} embeds as they do`,
      permissions,
      async () => {
        await useBackend("wasm", { threads: 1 });
        const network = randomNetwork(normalization, inputSize);
        const images = randomImages(
          network,
          inputSize === 28 ? 3 : 1,
          normalization === "lrn" ? 50 : 1,
        );
        for (
          const fold of normalization === "batch" ? [false, true] : [false]
        ) {
          const far = await difference(network, images, { fold });
          assert(far < TOLERANCE, `fold ${fold}: ${far}`);
        }
        images.dispose();
        network.model.dispose();
      },
    );
  }
}

permittedTest(
  "exportOnnx() as float16 takes half the bytes and embeds nearly the same",
  permissions,
  async () => {
    await useBackend("wasm", { threads: 1 });
    const network = randomNetwork("batch");
    const images = randomImages(network, 3);
    const whole = await exportOnnx(network);
    const half = await exportOnnx(network, { precision: "float16" });
    assert(half.length < whole.length * 0.51);
    const far = await difference(network, images, { precision: "float16" });
    assert(far > TOLERANCE && far < 2e-3, `${far}`);
    images.dispose();
    network.model.dispose();
  },
);

Deno.test("exportOnnx() leaves no tensors and refuses other networks", async () => {
  await useBackend("wasm", { threads: 1 });
  const network = randomNetwork("batch");
  const { model, settings } = network;
  const before = tf.memory().numTensors;
  const refused = [
    [
      { model, settings: { ...settings, embeddingSize: 9 } },
      "embedding/kernel as float32 [1024,9], got float32 [1024,8]",
    ],
    [
      { model, settings: { ...settings, normalization: "none" } },
      "expected no conv1/gamma, got one",
    ],
    [
      { model, settings: { ...settings, inputSize: 224 } },
      "conv1/kernel as float32 [7,7,3,64]",
    ],
    [{ settings }, "expected model to be one of createNN2, got nothing"],
    [{ model }, "expected settings in an object, got nothing"],
  ] as const;
  for (const [wrong, message] of refused) {
    await assertRejects(
      () => exportOnnx(wrong as LoadedNetwork),
      RangeError,
      message,
    );
  }
  model.layers.at(-2)!.setWeights([tf.fill([1024, 8], NaN), tf.zeros([8])]);
  await assertRejects(
    () => exportOnnx(network),
    RangeError,
    "Cannot export to ONNX: expected finite weights, got NaN in embedding/kernel",
  );
  assertEquals(tf.memory().numTensors - before, 2);
  model.dispose();
});
