import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import { checkInput } from "../../nn2/check_images.ts";
import { inputShape, type InputSize } from "../../nn2/table.ts";
import { refuse, shown } from "../../numeric/refuse.ts";

/**
 * Makes sure, before any work, that a network takes the images that are made of a
 * dataset by the settings of a run.
 *
 * @throws {RangeError} If it takes others, or the images of the dataset are not as large
 * as the settings say.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layers = [tf.layers.flatten({ inputShape: [28, 28, 1] })];
 * const model = tf.sequential({ layers });
 * const digits = { height: 28, width: 28 };
 * checkTakes(model, digits, { inputSize: 28 });
 * assert.throws(() => checkTakes(model, digits, { inputSize: 224 }), RangeError);
 * ```
 */
export function checkTakes(
  model: tf.LayersModel,
  { height, width }: Pick<Dataset, "height" | "width">,
  { inputSize }: { inputSize: InputSize },
): void {
  const action = "train this network";
  if (inputSize !== 28 && inputSize !== 224) {
    refuse(action, "inputSize 28 or 224", shown(inputSize));
  }
  if (inputSize === 28 && (height !== 28 || width !== 28)) {
    refuse(
      action,
      "images of 28×28 pixels for inputSize 28",
      `${height}×${width}`,
    );
  }
  checkInput(action, model, ["batch", ...inputShape(inputSize)]);
}
