/** Whole networks in plain TensorFlow.js against this library's own. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import {
  exportTfjs,
  type TfjsOptions,
} from "../../../lib/export/tfjs/export_tfjs.ts";
import { projectPath } from "../../../lib/files/paths.ts";
import type { InputSize } from "../../../lib/nn2/table.ts";
import {
  type LoadedNetwork,
  loadNetwork,
} from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { randomImages, randomNetwork } from "../networks.ts";
import { farthest } from "../onnx/run_onnx.ts";
import { type PlainOptions, runPlain } from "./run_plain.ts";

const TOLERANCE = 1e-5;

/** How far apart the embeddings are, and what the loaded model says. */
async function compare(
  network: LoadedNetwork,
  images: tf.Tensor4D,
  options: TfjsOptions = {},
  plain: PlainOptions = {},
) {
  const ours = network.model.predict(images) as tf.Tensor;
  const files = await exportTfjs(network, options);
  const { embeddings, ...said } = await runPlain(files, images, plain);
  assertEquals(embeddings.shape, ours.shape);
  const far = farthest(embeddings, ours);
  tf.dispose([ours, embeddings]);
  return { far, ...said };
}

function plainTest(name: string, test: () => Promise<void>): void {
  permittedTest(name, ["read", "write", "run", "net"], async () => {
    await useBackend("wasm", { threads: 1 });
    await test();
  });
}

/** Each way of loading once. The files' weights are float16 already, unless folded. */
const committed: [number, TfjsOptions, PlainOptions][] = [
  [128, {}, { source: "http" }],
  [128, { precision: "float16" }, { source: "handler" }],
  [4, { fold: true }, { source: "files" }],
];

for (const [size, options, plain] of committed) {
  plainTest(
    `exportTfjs() of the ${size}-d network with ${
      JSON.stringify(options)
    } embeds digits as it does, loaded by ${plain.source}`,
    async () => {
      const path = `data/nn2-${size}d.safetensors`;
      const network = await loadNetwork(projectPath(path));
      const images = randomImages(network, 3);
      const { far, metadata } = await compare(network, images, options, plain);
      assert(far < TOLERANCE, `${far}`);
      assertEquals(metadata, {
        input_layout: "NHWC: [batch, 28, 28, 1]",
        input_range: "0 to 1: the background is 0, ink is 1",
        output: `[batch, ${size}], rows of length 1`,
        settings: network.settings,
      });
      images.dispose();
      network.model.dispose();
    },
  );
}

for (const inputSize of [28, 224] as InputSize[]) {
  for (const normalization of ["none", "batch", "lrn"] as const) {
    plainTest(
      `exportTfjs() of random weights for ${inputSize}×${inputSize} pixels and normalization ${normalization} embeds as they do`,
      async () => {
        const network = randomNetwork(normalization, inputSize);
        const images = randomImages(
          network,
          inputSize === 28 ? 3 : 1,
          normalization === "lrn" ? 50 : 1,
        );
        const folds = normalization === "batch" ? [false, true] : [false];
        for (const fold of folds) {
          const { far, classes } = await compare(network, images, { fold });
          assert(far < TOLERANCE, `fold ${fold}: ${far}`);
          const isNormalized = classes.includes("NormalizedConvolution");
          assertEquals(isNormalized, normalization === "batch" && !fold);
        }
        images.dispose();
        network.model.dispose();
      },
    );
  }
}

plainTest(
  "exportTfjs() embeds by plain JavaScript as here",
  async () => {
    const network = randomNetwork("lrn");
    const images = randomImages(network, 1, 50);
    const { far } = await compare(network, images, {}, { backend: "cpu" });
    assert(far < TOLERANCE, `${far}`);
    images.dispose();
    network.model.dispose();
  },
);

plainTest(
  "exportTfjs() as float16 takes half the bytes and embeds nearly the same",
  async () => {
    const network = randomNetwork("batch");
    const images = randomImages(network, 3);
    const size = async (options: TfjsOptions) =>
      Object.values(await exportTfjs(network, options))
        .reduce((sum, { length }) => sum + length, 0);
    const precision = "float16";
    assert(await size({ precision }) < await size({}) * 0.51);
    for (const fold of [false, true]) {
      const { far } = await compare(network, images, { precision, fold });
      assert(far > TOLERANCE && far < 2e-3, `fold ${fold}: ${far}`);
    }
    images.dispose();
    network.model.dispose();
  },
);

Deno.test("exportTfjs() is loaded here too, by this library's own layers", async () => {
  await useBackend("wasm", { threads: 1 });
  const network = randomNetwork("batch");
  const images = randomImages(network, 2);
  const files = await exportTfjs(network);
  const json = JSON.parse(files["model.json"] as string);
  const model = await tf.loadLayersModel({
    load: () =>
      tf.io.getModelArtifactsForJSON(json, ([group]) => {
        const { paths, weights } = group!;
        const shards = paths.map((path) => (files[path] as Uint8Array).buffer);
        return Promise.resolve([weights, shards as ArrayBuffer[]]);
      }),
  });
  const embed = (model: tf.LayersModel) => model.predict(images) as tf.Tensor;
  assertEquals(farthest(embed(model), embed(network.model)), 0);
  model.dispose();
  network.model.dispose();
});

Deno.test("exportTfjs() leaves no tensors and refuses other networks", async () => {
  await useBackend("wasm", { threads: 1 });
  const network = randomNetwork("batch");
  const { model, settings } = network;
  const before = tf.memory().numTensors;
  const first = await exportTfjs(network, { fold: true });
  assertEquals(await exportTfjs(network, { fold: true }), first);
  assertEquals(tf.memory().numTensors, before);
  const refused = [
    [
      { model, settings: { ...settings, embeddingSize: 9 } },
      "embedding/kernel as float32 [1024,9], got float32 [1024,8]",
    ],
    [{ settings }, "expected model to be one of createNN2, got nothing"],
  ] as const;
  for (const [wrong, message] of refused) {
    await assertRejects(
      () => exportTfjs(wrong as LoadedNetwork),
      RangeError,
      message,
    );
  }
  model.layers.at(-2)!.setWeights([tf.fill([1024, 8], 7e4), tf.zeros([8])]);
  await assertRejects(
    () => exportTfjs(network, { precision: "float16" }),
    RangeError,
    "Cannot store embedding/kernel as float16: expected values up to 65504, got 70000",
  );
  assertEquals(tf.memory().numTensors - before, 2);
  model.dispose();
});
