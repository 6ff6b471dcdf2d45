import { optionsOf } from "../../numeric/options.ts";
import * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { Random } from "../../numeric/random.ts";
import type { Adam } from "./adam.ts";
import { checkBatch, readLoss } from "./check_batch.ts";
import { lossAndGradients } from "./gradients.ts";
import {
  checkRule,
  ruleLoss,
  type TrainingRule,
} from "../../triplets/losses/rule_loss.ts";
import { checkTrainedWeights } from "./trained_weights.ts";

/** What a step trains, and how. */
export interface Training {
  /** `[batch, size, size, channels]` → unit embeddings `[batch, n]`. */
  model: tf.LayersModel;
  /** Holds the model's trainable weights, by their variables' names. */
  optimizer: Adam;
  /** How triplets are chosen within the batch. */
  rule: TrainingRule;
  /** α of the triplet loss: 0 or more, in squared distances. */
  margin: number;
  /** Draws the negatives, for the rules that draw. */
  random?: Random | undefined;
  /**
   * How many images are in memory at once; for networks without batch
   * normalization (the whole batch by default).
   */
  partSize?: number | undefined;
  /** Shown the batch's embeddings `[batch, n]`, which it may not keep. */
  watch?: (embeddings: tf.Tensor2D) => void;
}

/**
 * The weights that training changes, by the names of their variables.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layer = tf.layers.dense({ units: 2, inputShape: [3] });
 * const model = tf.sequential({ layers: [layer] });
 * assert.equal(Object.keys(trainableVariables(model)).length, 2);
 * ```
 */
export function trainableVariables(
  model: tf.LayersModel,
): Record<string, tf.Variable> {
  return Object.fromEntries(
    model.trainableWeights.map((weight) => {
      const variable = weight.read() as tf.Variable;
      return [variable.name, variable];
    }),
  );
}

/**
 * Trains one batch: embeds its images, mines and sums the triplet loss
 * inside the batch, and updates the weights. Leaves no tensor behind.
 *
 * The weights of frozen layers (`layer.trainable = false`) stay as they are, the
 * moving statistics of batch normalization included, which they use as in inference.
 * Layers are frozen before the optimizer is made; freezing others takes a new one.
 *
 * @param images `[batch, size, size, channels]`; stay the caller's.
 * @param labels The class of each image.
 * @param learningRate Adam's for this step, 0 or more.
 * @returns The loss before the update.
 * @throws {RangeError} If an option is missing or cannot be, the model takes other
 * images or is frozen, there is none or not a label for each, a pixel is not a finite
 * number, a batch with batch normalization is to have parts, or layers were frozen or
 * are no longer since the optimizer was made: nothing has changed then. Or if the loss
 * is no finite number, or the batch does not fit into memory, then with how many
 * images would: the weights that training changes are then as they were.
 *
 * @example A line of two numbers, pulled apart
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createAdam } from "./adam.ts";
 *
 * await tf.setBackend("cpu");
 * const layers = [
 *   tf.layers.flatten({ inputShape: [1, 1, 2] }),
 *   tf.layers.dense({ units: 2, kernelInitializer: "identity" }),
 * ];
 * const model = tf.sequential({ layers });
 * const optimizer = createAdam(trainableVariables(model));
 * const images = tf.tensor4d([0, 0, 0, 0.1, 0.1, 0, 0.1, 0.1], [4, 1, 1, 2]);
 * const step = () =>
 *   trainStep({ model, optimizer, rule: "batch-hard", margin: 1 }, images, [
 *     0, 0, 1, 1,
 *   ], 0.05);
 * const first = step();
 * for (let i = 0; i < 9; i++) step();
 * assert.ok(step() < first);
 * ```
 */
export function trainStep(
  training: Training,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
  learningRate: number,
): number {
  const { model, optimizer, rule, watch, partSize, margin, random } = optionsOf(
    action,
    training,
  );
  checkBatch(model, images, labels);
  checkTraining(training, learningRate, images.shape[0]);
  const trained = trainableVariables(model);
  checkTrainedWeights(action, optimizer.names, Object.keys(trained));
  const variables = Object.values(trained);
  const { value, grads } = lossAndGradients({
    model,
    variables,
    images,
    partSize,
    loss(embeddings) {
      watch?.(embeddings);
      return ruleLoss(rule, embeddings, labels, { margin, random });
    },
  });
  try {
    const loss = readLoss(value);
    optimizer.update(grads, learningRate);
    return loss;
  } finally {
    tf.dispose([value, grads]);
  }
}

const action = "train on this batch";

function checkTraining(
  { model, rule, margin, random, partSize }: Training,
  learningRate: number,
  count: number,
): void {
  const embeddingSize = model.outputs[0]!.shape.at(-1)!;
  checkRule(action, rule, { margin, random }, embeddingSize);
  checkValue(action, "learningRate", learningRate, { type: "number", min: 0 });
  if (partSize === undefined) return;
  checkValue(action, "partSize", partSize, { type: "integer", min: 1 });
  const mixing = model.layers.find((layer) =>
    ["BatchNormalization", "NormalizedConvolution"]
      .includes(layer.getClassName())
  );
  if (partSize >= count || !mixing) return;
  refuse(
    action,
    "layers that need no other image, or no partSize",
    `the batch normalization ${mixing.name}`,
  );
}
