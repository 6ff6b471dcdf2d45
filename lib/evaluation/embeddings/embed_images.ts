import * as tf from "@tensorflow/tfjs";
import { onDevice } from "../../backends/webgpu/device/check_device.ts";
import type { Dataset } from "../../digits/dataset.ts";
import { checkIndices } from "../../digits/select_images.ts";
import {
  type ImageOptions,
  imagesToTensor,
  readImageOptions,
} from "../../digits/images.ts";
import { checkWhole } from "../../numeric/domain.ts";
import type { Embeddings } from "../../numeric/embeddings.ts";
import { checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkShape } from "../../numeric/shape.ts";
import { turnOfOthers } from "../../numeric/turn.ts";

/**
 * Anything that gives a batch of images `[n, height, width, channels]` one
 * embedding each, `[n, size]`: a network's `predict`, or its raw pixels.
 */
export type Embed = (
  images: tf.Tensor4D,
) => tf.Tensor2D | Promise<tf.Tensor2D>;

/** The memory that is needed grows with the size of the batches. */
export interface EmbedOptions extends ImageOptions {
  /** How many images go through at once; 250 by default. */
  batchSize?: number;
  /**
   * Told after each batch how many images of how many are done, and awaited before
   * the next is begun.
   */
  onProgress?: (done: number, total: number) => void | Promise<void>;
}

/**
 * Embeds images of a dataset, batch by batch: here tensors become plain numbers,
 * which all measures take.
 *
 * What `embed` returns, and what it allocates until it returns or first awaits, is
 * disposed here.
 *
 * @param indices Which images, in the order of the result's rows.
 * @throws {RangeError} If there are no indices or one is none of the dataset's,
 * the batch size is not a whole number above 0, or `embed` gives something other
 * than a row per image.
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
 * assert.deepEqual([embeddings.count, embeddings.size], [2, 28]);
 * assert.equal(embeddings.values[0], 1);
 * ```
 */
export async function embedImages(
  embed: Embed,
  dataset: Dataset,
  indices: ArrayLike<number>,
  options: EmbedOptions = {},
): Promise<Embeddings> {
  const { batchSize, onProgress, preprocessing } = readEmbedOptions(
    dataset,
    options,
  );
  checkSome(action, "indices", indices);
  checkIndices(indices, dataset.count);
  const every = Array.from(indices);
  const total = every.length;
  let values: Float32Array | undefined;
  let size = 0;
  for (let start = 0; start < total; start += batchSize) {
    const batch = every.slice(start, start + batchSize);
    const images = imagesToTensor(dataset, batch, preprocessing);
    const shape = [batch.length, size || "size"];
    const embedded = await onDevice(
      `embed ${batch.length} images`,
      () => embedBatch(embed, images, shape),
    );
    size = embedded.length / batch.length;
    values ??= new Float32Array(total * size);
    values.set(embedded, start * size);
    await onProgress?.(start + batch.length, total);
    await turnOfOthers();
  }
  return { values: values!, count: total, size };
}

/** Reads what `embed` gives, and disposes it, the images and all else. */
async function embedBatch(
  embed: Embed,
  images: tf.Tensor4D,
  shape: (number | string)[],
): Promise<Float32Array> {
  const held: tf.Tensor[] = [images];
  try {
    let given: ReturnType<Embed> | undefined;
    held.push(...tf.tidy(() => {
      given = embed(images);
      if (!(given instanceof Promise)) return [given];
      // It may need all that is there until it is fulfilled.
      return [...tf.engine().state.activeScope.track];
    }));
    const embeddings = await given!;
    held.push(embeddings);
    checkShape(action, "embeddings", embeddings, shape);
    return await embeddings.data<"float32">();
  } finally {
    tf.dispose(held);
  }
}

/**
 * Checks what `embedImages` is told and fills in the defaults.
 *
 * @throws {RangeError} If an option is none of those listed, or does not go with
 * the dataset.
 */
export function readEmbedOptions(dataset: Dataset, options: EmbedOptions) {
  const { batchSize = 250, onProgress, ...others } = optionsOf(action, options);
  checkWhole(action, "batchSize", batchSize, 1, Infinity);
  const preprocessing = readImageOptions(dataset, others);
  return { batchSize, onProgress, preprocessing };
}

const action = "embed images";
