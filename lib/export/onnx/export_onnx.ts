import type { NetworkSettings } from "../../training/settings/network_settings.ts";
import type { LoadedNetwork } from "../../training/weights/weights.ts";
import { pixelsInWords } from "../network/pixels.ts";
import {
  writtenNetwork,
  type WrittenOptions,
} from "../network/written_network.ts";
import { onnxFile } from "./onnx_file.ts";

/** How a network is written as ONNX. */
export type OnnxOptions = WrittenOptions;

/**
 * The bytes of an ONNX file (opset 17) of a network, for onnxruntime and others.
 *
 * Its input `images` is `[batch, channels, height, width]`, float32 in [0, 1], channels
 * first as is usual there; its output `embeddings` is `[batch, embeddingSize]`, rows of
 * length 1. The batch may have any size. Its metadata hold the settings, the layout
 * and the range of the pixels.
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
 * const bytes = await exportOnnx({ model, settings }, { fold: true });
 * assert.equal(Math.round(bytes.length / 1e6), 29);
 * ```
 */
export async function exportOnnx(
  network: LoadedNetwork,
  options: OnnxOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { settings, parts, precision } = await writtenNetwork(
    "export to ONNX",
    network,
    options,
  );
  return onnxFile(parts, textsOf(settings), precision);
}

function textsOf(settings: NetworkSettings) {
  const { inputSize, embeddingSize } = settings;
  const channels = inputSize === 28 ? 1 : 3;
  const pixels = pixelsInWords(settings);
  return {
    description:
      `FaceNet's NN2 (arXiv 1503.03832) for images of ${inputSize}×${inputSize} pixels. Pixels are ${pixels}. Embeddings have length 1; compare them by squared distance.`,
    metadata: {
      input_layout: `NCHW: [batch, ${channels}, ${inputSize}, ${inputSize}]`,
      input_range: pixels,
      output: `[batch, ${embeddingSize}], rows of length 1`,
      settings: JSON.stringify(settings),
    },
  };
}
