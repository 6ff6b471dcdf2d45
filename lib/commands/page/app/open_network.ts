import * as tf from "@tensorflow/tfjs";
import { provideModule } from "../../../backends/wasm/runtime/provide_module.ts";
import "../../../backends/wasm/mod.ts";
import { useThreads } from "../../../backends/wasm/use_threads.ts";
import { imagesToTensor } from "../../../digits/images.ts";
import { applyNetwork } from "../../../export/network/apply_network.ts";
import { nn2Graph } from "../../../nn2/graph.ts";
import type { GraphNode } from "../../../nn2/node.ts";
import { inputShape, nn2Rows } from "../../../nn2/table.ts";
import type { PackedTensor } from "../format/packed.ts";
import { unpackWeight } from "../format/packed_weights.ts";
import { galleryNames, type PageFacts } from "../format/page_data.ts";
import { type Gallery, openGallery } from "./recognize.ts";

/** A page's network, ready to embed. */
export interface OpenNetwork {
  /** `[28, 28]` bytes to as many numbers as an embedding has. */
  embed(image: Uint8Array): Promise<Float32Array>;
  gallery: Gallery;
}

/**
 * Starts the engine on one thread: a page from a disk may have no more, and one image
 * is too little to share.
 */
export async function startEngine(): Promise<void> {
  // Its own threads would come from files that a page has not.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  provideModule(false);
  if (!await tf.setBackend("wasm")) {
    throw new Error("The network's engine does not start in this browser.");
  }
  await tf.ready();
  useThreads(1);
}

const pause = () => new Promise((resolve) => setTimeout(resolve));

/**
 * Makes a network of a page's tensors, one after the other, so that the page never
 * stands still.
 *
 * @param onProgress Told which share is done.
 */
export async function openNetwork(
  facts: PageFacts,
  tensors: ReadonlyMap<string, PackedTensor>,
  onProgress: (share: number) => void = () => {},
): Promise<OpenNetwork> {
  const { embeddingSize, normalization, binarize } = facts;
  const nodes = nn2Graph(nn2Rows(28), {
    imageShape: inputShape(28),
    embeddingSize,
    normalization,
  });
  const names = nodes
    .filter(({ kind }) => kind === "convolution" || kind === "dense")
    .flatMap(({ name }) => [`${name}/kernel`, `${name}/bias`]);
  const weights: Record<string, tf.Tensor> = {};
  for (const [i, name] of names.entries()) {
    const { data, shape } = unpackWeight(tensors, name);
    weights[name] = tf.tensor(data, shape);
    onProgress(0.7 * (i + 1) / names.length);
    await pause();
  }
  await warmUp(nodes, weights, (share) => onProgress(0.7 + 0.3 * share));
  const { bytes } = tensors.get(galleryNames.images)!;
  const gallery = openGallery(
    facts,
    bytes,
    (name) => unpackWeight(tensors, name),
  );
  return {
    gallery,
    async embed(image) {
      const labels = new Uint8Array(1);
      const one = { images: image, labels, count: 1, height: 28, width: 28 };
      const images = imagesToTensor(one, [0], { binarize });
      const embedding = applyNetwork(nodes, weights, images);
      const values = await embedding.data<"float32">();
      tf.dispose([images, embedding]);
      return values;
    },
  };
}

/**
 * Applies longer and longer beginnings of a network: the first time, functions are
 * compiled, and the whole of it at once would hold the page up.
 */
async function warmUp(
  nodes: readonly GraphNode[],
  weights: Readonly<Record<string, tf.Tensor>>,
  onProgress: (share: number) => void,
): Promise<void> {
  const steps = 8;
  for (let step = 1; step <= steps; step++) {
    const end = Math.ceil(step * nodes.length / steps);
    const images = tf.zeros([1, 28, 28, 1]) as tf.Tensor4D;
    tf.dispose([images, applyNetwork(nodes.slice(0, end), weights, images)]);
    onProgress(step / steps);
    await pause();
  }
}
