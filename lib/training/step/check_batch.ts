import * as tf from "@tensorflow/tfjs";
import { hostValues } from "../../backends/engine/host_values.ts";
import { checkImages } from "../../nn2/check_images.ts";
import { allFinite } from "../../numeric/finite.ts";
import { refuse } from "../../numeric/refuse.ts";
import { readLabels } from "../../triplets/batch/batch.ts";

/** What the errors of a batch begin with. */
const action = "train on this batch";

/**
 * Makes sure that a network can be trained on a batch, before any work: batch
 * normalization would remember even a pass that ends with an error.
 *
 * @throws {RangeError} If the network takes other images or gives no embeddings,
 * there is no image or not a label for each, or a label is not a whole number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layers = [tf.layers.flatten({ inputShape: [1, 1, 2] })];
 * const model = tf.sequential({ layers });
 * const images = tf.ones<tf.Rank.R4>([4, 1, 1, 2]);
 * checkBatch(model, images, [0, 0, 1, 1]);
 * assert.throws(() => checkBatch(model, images, [0, 1]), {
 *   name: "RangeError",
 *   message:
 *     "Cannot train on this batch: expected 4 labels for images of shape [4, 1, 1, 2], got 2",
 * });
 * ```
 */
export function checkBatch(
  model: tf.LayersModel,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
): void {
  checkImages(action, model, images);
  checkEmbeds(model);
  const [count] = images.shape;
  if (labels?.length !== count) {
    refuse(
      action,
      `${count} labels for images of shape [${images.shape.join(", ")}]`,
      `${labels?.length ?? "nothing"}`,
    );
  }
  readLabels(action, labels);
}

/** The memory of images that were found to be finite, as a GPU is slow to ask. */
const finiteImages = new WeakSet<object>();

/**
 * Makes sure that a batch's images are numbers. ReLUs and pools may drop a NaN on its
 * way, so the loss does not tell. The backend is asked once at most, and only for
 * what it made itself.
 *
 * @throws {RangeError} If a pixel is not finite.
 */
export async function checkPixels(images: tf.Tensor4D): Promise<void> {
  if (finiteImages.has(images.dataId)) return;
  const here = hostValues(images);
  if (!(here ? allFinite(here) : await areFinite(images))) {
    refuse(action, "images of finite numbers", "NaN or infinity");
  }
  finiteImages.add(images.dataId);
}

async function areFinite(images: tf.Tensor4D): Promise<boolean> {
  const finite = tf.tidy(() => tf.all(tf.isFinite(images)));
  try {
    return (await finite.data())[0] !== 0;
  } finally {
    finite.dispose();
  }
}

/**
 * Makes sure that a network gives embeddings.
 *
 * @throws {RangeError} If it has several outputs, or gives an image something else
 * than a row of numbers.
 */
function checkEmbeds(model: tf.LayersModel): void {
  const outputs = model.outputs ?? [];
  if (outputs.length > 1) {
    refuse(action, "a network with one output", `${outputs.length}`);
  }
  const [output] = outputs;
  if (!output || output.shape.length === 2) return;
  const sides = output.shape.map((side) => side ?? "any").join(", ");
  refuse(action, "a network with embeddings [any, size]", `[${sides}]`);
}

/**
 * Makes sure that a loss is a number to learn from.
 *
 * @throws {RangeError} If it is not finite, with what helps.
 */
export function checkLoss(loss: number): void {
  if (Number.isFinite(loss)) return;
  refuse(
    action,
    "a finite loss",
    `${loss}. The weights have diverged: try a lower learning rate`,
  );
}
