import type * as tf from "@tensorflow/tfjs";
import { withinMemory } from "../backends/out_of_memory.ts";
import { checkImages, numericTypes } from "./check_images.ts";

/**
 * A network as a function from images to embeddings, for evaluation: with
 * running statistics, without gradients, the whole batch at once.
 *
 * @returns A function from `[batch, size, size, channels]` to `[batch, n]`; its
 * caller disposes the result.
 * @throws {RangeError} From that function, if the network takes other images, there
 * is none, or the batch does not fit into memory: then with how many images would.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layers = [tf.layers.flatten({ inputShape: [2, 2, 1] })];
 * const embed = networkEmbed(tf.sequential({ layers }));
 * assert.deepEqual(embed(tf.ones([3, 2, 2, 1])).shape, [3, 4]);
 * ```
 */
export function networkEmbed(
  model: tf.LayersModel,
): (images: tf.Tensor4D) => tf.Tensor2D {
  const embed = (images: tf.Tensor4D) =>
    model.predict(images, { batchSize: images.shape[0] }) as tf.Tensor2D;
  return (images) => {
    checkImages("embed images", model, images, numericTypes);
    return withinMemory({
      action: "embed",
      images,
      run: () => embed(images),
      sample: embed,
    });
  };
}
