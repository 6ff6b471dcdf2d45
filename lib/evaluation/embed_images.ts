import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../digits/dataset.ts";
import { type ImageOptions, imagesToTensor } from "../digits/images.ts";

/**
 * Anything that gives a batch of images `[n, height, width, channels]` one
 * embedding each, `[n, size]`: a network's `predict`, or its raw pixels.
 */
export type Embed = (images: tf.Tensor4D) => tf.Tensor2D;

/** How {@linkcode embedImages} feeds the images to the network. */
export interface EmbedOptions extends ImageOptions {
  /** How many images go through at once; 250 by default. */
  batchSize?: number;
  /** Told after each batch how many images of how many are done. */
  onProgress?: (done: number, total: number) => void | Promise<void>;
}

/**
 * Embeds images of a dataset, one batch after the other.
 *
 * Only one batch of images and activations is alive at a time; what `embed`
 * allocates and returns is disposed here.
 *
 * @param indices Which images, in the order of the result's rows.
 * @returns `[indices.length, size]`; the caller disposes it.
 * @throws {RangeError} If there are no indices or one is none of the dataset's,
 * the batch size is not a whole
 * number above 0, or `embed` gives something other than a row per image.
 *
 * @example The mean of each row of pixels as an embedding
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const images = new Uint8Array(3 * 28 * 28).fill(255, 2 * 28 * 28);
 * const dataset = {
 *   images, labels: new Uint8Array(3), count: 3, height: 28, width: 28,
 * };
 * const embeddings = await embedImages(
 *   (batch) => batch.mean([2, 3]),
 *   dataset,
 *   [2, 0],
 * );
 * assert.deepEqual(embeddings.shape, [2, 28]);
 * assert.equal(embeddings.dataSync()[0], 1);
 * ```
 */
export async function embedImages(
  embed: Embed,
  dataset: Dataset,
  indices: ArrayLike<number>,
  options: EmbedOptions = {},
): Promise<tf.Tensor2D> {
  const { batchSize = 250, onProgress, ...preprocessing } = options;
  const every = Array.from(indices);
  const total = every.length;
  if (total === 0) {
    throw new RangeError("Cannot embed images: expected indices, got none");
  }
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(
      `Cannot embed images: expected a whole batch size above 0, got ${batchSize}`,
    );
  }
  let values = new Float32Array(0);
  let size = 0;
  for (let done = 0; done < total; done += batchSize) {
    const batch = every.slice(done, done + batchSize);
    const embeddings = tf.tidy(() =>
      embed(imagesToTensor(dataset, batch, preprocessing))
    );
    if (done === 0) {
      size = embeddings.shape[1];
      values = new Float32Array(total * size);
    }
    try {
      checkShape(embeddings, batch.length, size);
      values.set(await embeddings.data(), done * size);
    } finally {
      embeddings.dispose();
    }
    await onProgress?.(done + batch.length, total);
  }
  return tf.tensor2d(values, [total, size]);
}

function checkShape(embeddings: tf.Tensor, rows: number, size: number): void {
  const [count, width] = embeddings.shape;
  if (embeddings.rank !== 2 || count !== rows || width !== size) {
    throw new RangeError(
      `Cannot embed images: expected embeddings of shape [${rows}, ${
        size || "size"
      }], got [${embeddings.shape.join(", ")}]`,
    );
  }
}
