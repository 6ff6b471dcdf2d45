import { checkSettings } from "../settings/check.ts";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { batchImages } from "./batch_images.ts";
import { checkTakes } from "./check_takes.ts";
import type { Settings } from "../settings/schema.ts";

type Input = Pick<Settings, "inputSize" | "binarize">;

/**
 * With NN2's momentum of 0.9 this is the least number after which less than a
 * hundredth is left of the statistics of distorted images: 0.9⁴⁴ = 0.0097. Another
 * number, like another size of batches, gives every run with distortions other
 * weights.
 */
const batches = 44;
const batchSize = 120;

/**
 * Measures the moving statistics of batch normalization on images as they are. A
 * network that was trained on distorted images has the statistics of those, and
 * will be asked about others.
 *
 * @param model Its trained weights stay as they are; without batch normalization
 * nothing changes.
 * @param random Draws the images.
 * @throws {RangeError} As `imagesToTensor`, or if the network takes other images.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createNN2, namedWeights } from "../../mod.ts";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const model = createNN2({ normalization: "none", seed: 1 });
 * const images = new Uint8Array(28 * 28);
 * const digits = { images, labels: images, count: 1, height: 28, width: 28 };
 * renewStatistics(model, digits, { inputSize: 28, binarize: false }, createRandom(1));
 * assert.ok(Object.keys(namedWeights(model)).every((name) => !name.includes("moving")));
 * ```
 */
export function renewStatistics(
  model: tf.LayersModel,
  dataset: Dataset,
  input: Input,
  random: Random,
): void {
  const action = "renew statistics";
  const { inputSize, binarize } = optionsOf(action, input);
  checkSettings(action, { inputSize });
  checkValue(action, "binarize", binarize, { type: "boolean" });
  checkRandom(action, random);
  checkTakes(model, dataset, input);
  if (model.weights.every(({ trainable }) => trainable)) return;
  const plain = { ...input, augmentation: "none" } as const;
  for (let batch = 0; batch < batches; batch++) {
    const drawn = Array.from(
      { length: batchSize },
      () => random.integer(dataset.count),
    );
    tf.tidy(() => {
      const images = batchImages(dataset, drawn, plain, random);
      model.apply(images, { training: true });
    });
  }
}
