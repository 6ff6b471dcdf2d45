import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../../digits/dataset.ts";
import type { Mnist } from "../../../digits/mnist.ts";
import { embedImages } from "../../../evaluation/embeddings/embed_images.ts";
import { applyNetwork } from "../../../export/network/apply_network.ts";
import { foldBatchNormalization } from "../../../export/network/fold.ts";
import { networkParts } from "../../../export/network/network_parts.ts";
import { refuse } from "../../../numeric/refuse.ts";
import type { NetworkSettings } from "../../../training/settings/network_settings.ts";
import { resolveSettings } from "../../../training/settings/settings.ts";
import type { LoadedNetwork } from "../../../training/weights/weights.ts";
import {
  galleryNames,
  type PageFacts,
  type PagePrecision,
} from "../format/page_data.ts";
import { pack, type PackedTensor } from "../format/packed.ts";
import {
  packFloats,
  packHalves,
  packWeights,
  unpackWeight,
} from "../format/packed_weights.ts";
import {
  type MeasuredReferences,
  measureReferences,
} from "./measure_references.ts";

/** What a page is made with. */
export interface PageOptions {
  /** The name of the weights, as the page says it. */
  name: string;
  precision: PagePrecision;
  mnist: Mnist;
  /** References and test images of each digit (default 100). */
  perDigit?: number;
  /** Told how many images are embedded. */
  onProgress?: (done: number) => void;
}

const action = "make a page";

/**
 * All that a page knows: the network with its filters rounded, references with their
 * embeddings, centroids, thresholds and a map. These are measured with the rounded network.
 *
 * @throws {RangeError} If {@linkcode checkPageNetwork} refuses the network, or a weight is too
 * large for the precision.
 */
export async function pageContents(
  network: LoadedNetwork,
  { name, precision, mnist, perDigit = 100, onProgress }: PageOptions,
): Promise<{ facts: PageFacts; bytes: Uint8Array }> {
  const { settings, ...parts } = await networkParts(action, network);
  checkPageNetwork(settings);
  const { embeddingSize, normalization, binarize } = settings;
  const { nodes, weights } = foldBatchNormalization(parts);
  const packed = packWeights(weights, precision);
  const rounded = roundedWeights(packed, Object.keys(weights));
  let done = 0;
  const embed = async (of: Dataset) => {
    const embeddings = await embedImages(
      (images) => applyNetwork(nodes, rounded, images),
      of,
      [...of.labels.keys()],
      { binarize, onProgress: (own) => onProgress?.(done + own) },
    );
    done += of.count;
    return embeddings;
  };
  const { seed } = resolveSettings("quick", settings);
  const measured = await measureReferences(embed, { mnist, seed, perDigit });
  tf.dispose(rounded);
  const { entries, bytes } = pack([...packed, ...packReferences(measured)]);
  const { references, thresholds, accuracy, tested, map } = measured;
  const facts: PageFacts = {
    name,
    precision,
    embeddingSize,
    normalization: normalization === "lrn" ? "lrn" : "none",
    binarize,
    tensors: entries,
    labels: [...references.labels],
    ...thresholds,
    accuracy,
    tested,
    shown: map.explainedVarianceRatio.reduce((sum, ratio) => sum + ratio, 0),
  };
  return { facts, bytes };
}

/**
 * Refuses a network that no page can show.
 *
 * @throws {RangeError} If it takes other images than 28×28 pixels, or its embeddings
 * have fewer than two numbers, which no map could show.
 */
export function checkPageNetwork(
  { inputSize, embeddingSize }: NetworkSettings,
): void {
  if (inputSize !== 28) {
    refuse(action, "a network for 28×28 pixels", `one for ${inputSize}`);
  }
  if (embeddingSize < 2) {
    refuse(action, "embeddings of 2 numbers or more", `${embeddingSize}`);
  }
}

/** The weights as the page will have them. */
function roundedWeights(
  packed: readonly PackedTensor[],
  names: readonly string[],
): Record<string, tf.Tensor> {
  const tensors = new Map(packed.map((tensor) => [tensor.name, tensor]));
  return Object.fromEntries(names.map((name) => {
    const { data, shape } = unpackWeight(tensors, name);
    return [name, tf.tensor(data, shape)];
  }));
}

function packReferences(
  { references, known, centroids, map }: MeasuredReferences,
): PackedTensor[] {
  const { images, embeddings, centroids: own, mean, axes } = galleryNames;
  const { values, size, count } = known;
  const sums = new Float64Array(size);
  values.forEach((value, i) => sums[i % size]! += value);
  const { vectors } = centroids;
  return [
    {
      name: images,
      type: "uint8",
      shape: [count, 28, 28],
      bytes: references.images,
    },
    packHalves(embeddings, [count, size], values),
    packFloats(own, [vectors.count, size], vectors.values),
    packFloats(mean, [size], Float32Array.from(sums, (sum) => sum / count)),
    packFloats(axes, [2, size], map.components.values),
  ];
}
