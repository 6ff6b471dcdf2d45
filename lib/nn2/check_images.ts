import type * as tf from "@tensorflow/tfjs";
import { refuse, shown } from "../numeric/refuse.ts";

/** What tfjs's `predict` makes float32 of. */
export const numericTypes: readonly tf.DataType[] = [
  "float32",
  "int32",
  "bool",
];

/**
 * Makes sure that a network takes some images, before any work.
 *
 * @param action What is being done, the opening of an error's message.
 * @param types Those that the pixels may have besides the input's.
 * @throws {RangeError} If there are none, or they have another shape or type than
 * the network's input.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layers = [tf.layers.flatten({ inputShape: [28, 28, 1] })];
 * const model = tf.sequential({ layers });
 * checkImages("embed images", model, tf.ones([8, 28, 28, 1]));
 * assert.throws(
 *   () => checkImages("embed images", model, tf.ones([8, 28, 28, 3])),
 *   {
 *     name: "RangeError",
 *     message:
 *       "Cannot embed images: expected images of shape [any, 28, 28, 1], got [8, 28, 28, 3]",
 *   },
 * );
 * ```
 */
export function checkImages(
  action: string,
  model: tf.LayersModel,
  images: tf.Tensor,
  types: readonly tf.DataType[] = ["float32"],
): void {
  if (!Array.isArray(images?.shape)) {
    refuse(action, "a tensor of images", shown(images));
  }
  checkInput(action, model, images.shape);
  const own = model.inputs?.[0]?.dtype;
  if (!types.includes(images.dtype) && images.dtype !== own) {
    refuse(action, `images of ${types.join(", ")}`, images.dtype);
  }
  if (images.shape[0] === 0) {
    refuse(action, "at least one image", `[${images.shape.join(", ")}]`);
  }
}

/**
 * Makes sure that a network takes images of a shape.
 *
 * @param shape `[batch, height, width, channels]`; tfjs takes a batch of any size.
 * @throws {RangeError} If its input has another one.
 */
export function checkInput(
  action: string,
  model: tf.LayersModel,
  shape: readonly (number | string)[],
): void {
  // A model that was not built yet learns its shape from the images.
  const inputs = model.inputs ?? [];
  if (inputs.length > 1) {
    refuse(action, "a network with one input", `${inputs.length}`);
  }
  const [input] = inputs;
  if (!input) return;
  const takes = input.shape.length === shape.length &&
    input.shape.every((side, axis) =>
      axis === 0 || side === null || side === shape[axis]
    );
  if (takes) return;
  const sides = input.shape.slice(1).map((side) => side ?? "any");
  refuse(
    action,
    `images of shape [${["any", ...sides].join(", ")}]`,
    `[${shape.join(", ")}]`,
  );
}
