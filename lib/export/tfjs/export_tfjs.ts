import { buildModel } from "../../nn2/build_model.ts";
import { createRandom } from "../../numeric/random.ts";
import type { GraphNode } from "../../nn2/node.ts";
import type { NetworkSettings } from "../../training/settings/network_settings.ts";
import type { LoadedNetwork } from "../../training/weights/weights.ts";
import { pixelsInWords } from "../network/pixels.ts";
import {
  writtenNetwork,
  type WrittenOptions,
} from "../network/written_network.ts";
import page from "./index.html" with { type: "text" };
import layers from "./nn2.js" with { type: "text" };
import { weightShards } from "./weights_manifest.ts";

/** How a network is written for TensorFlow.js. */
export type TfjsOptions = WrittenOptions;

/** A file's content: text, or bytes. */
export type TfjsFile = string | Uint8Array<ArrayBuffer>;

/**
 * A network as files for plain TensorFlow.js, by their names; they belong into one
 * folder.
 *
 * - `weights-1of8.bin` and so on: the weights, in files of at most 4 MiB.
 * - `nn2.js`: the layers that TensorFlow.js lacks, for pages and programs;
 *   `registerLayers(tf)` comes before the model is loaded.
 * - `index.html`: an example.
 * - `model.json`: what `tf.loadLayersModel` is given. The settings, and what pixels
 *   and embeddings are, come from `model.getUserDefinedMetadata()`.
 *
 * The model takes `[batch, height, width, channels]`, float32 in [0, 1], and gives
 * `[batch, embeddingSize]`, rows of length 1.
 *
 * @param network As `loadNetwork` gives it.
 * @throws {RangeError} If a setting has a value that it may not have, the model is not
 * the network of its settings, a weight is not finite or too large for the
 * precision, or an option is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createNN2 } from "../../nn2/model.ts";
 *
 * await tf.setBackend("cpu");
 * const settings = {
 *   inputSize: 28,
 *   embeddingSize: 4,
 *   normalization: "batch",
 *   binarize: false,
 * } as const;
 * const model = createNN2({ ...settings, seed: 1 });
 * const files = await exportTfjs({ model, settings }, { precision: "float16" });
 * assert.deepEqual(Object.keys(files), [
 *   ...[1, 2, 3, 4].map((i) => `weights-${i}of4.bin`),
 *   ...["nn2.js", "index.html", "model.json"],
 * ]);
 * ```
 */
export async function exportTfjs(
  network: LoadedNetwork,
  options: TfjsOptions = {},
): Promise<Record<string, TfjsFile>> {
  const { settings, parts, precision } = await writtenNetwork(
    "export to TensorFlow.js",
    network,
    options,
  );
  const { manifest, files } = weightShards(parts.weights, precision);
  const model = {
    format: "layers-model",
    generatedBy: "FaceNet on MNIST for Deno",
    convertedBy: null,
    modelTopology: topologyOf(parts.nodes),
    weightsManifest: manifest,
    userDefinedMetadata: metadataOf(settings),
  };
  return {
    ...files,
    "nn2.js": layers,
    "index.html": page,
    // Last, so that it is there only when all that it names is.
    "model.json": JSON.stringify(model),
  };
}

/** The layers of a network, as TensorFlow.js writes them itself. */
function topologyOf(nodes: readonly GraphNode[]): object {
  // Its first weights are not used: any seed will do.
  const model = buildModel("NN2", nodes, createRandom(0));
  try {
    return model.toJSON(undefined, false) as object;
  } finally {
    model.dispose();
  }
}

function metadataOf(settings: NetworkSettings) {
  const { inputSize, embeddingSize } = settings;
  const channels = inputSize === 28 ? 1 : 3;
  return {
    input_layout: `NHWC: [batch, ${inputSize}, ${inputSize}, ${channels}]`,
    input_range: pixelsInWords(settings),
    output: `[batch, ${embeddingSize}], rows of length 1`,
    settings,
  };
}
