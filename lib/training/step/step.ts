import * as tf from "@tensorflow/tfjs";
import { tripletLossAndGradient } from "../../triplets/losses/loss_and_gradient.ts";
import { checkBatch, checkLoss } from "./check_batch.ts";
import { checkTraining, withMiner } from "./check_training.ts";
import { embeddingSpreadOf } from "./collapse.ts";
import { forwardPass } from "./forward_pass.ts";
import { partedPass } from "./parted_pass.ts";
import { withinStepMemory } from "./step_memory.ts";
import {
  trainableVariables,
  type Training,
  type TrainingByRule,
} from "./training.ts";

/** What a step found before its update. */
export interface StepResult {
  /** The mean loss of the batch's triplets. */
  loss: number;
  /** {@linkcode embeddingSpread}: near 2 when trained, near 0 when collapsed. */
  spread: number;
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
 * import { createAdam } from "../optimizer/adam.ts";
 * import { trainableVariables } from "./training.ts";
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
 *   trainStep({ model, optimizer, miner: "batch-hard", margin: 1 }, images, [
 *     0, 0, 1, 1,
 *   ], 0.05);
 * const first = step();
 * for (let i = 0; i < 9; i++) step();
 * assert.ok(step() < first);
 * ```
 */
export function trainStep(
  training: Training | TrainingByRule,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
  learningRate: number,
): number {
  return trainBatch(training, images, labels, learningRate).loss;
}

/**
 * {@linkcode trainStep}, which also tells how far apart the embeddings were.
 *
 * @throws {RangeError} As {@linkcode trainStep}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createAdam } from "../optimizer/adam.ts";
 * import { trainableVariables } from "./training.ts";
 *
 * await tf.setBackend("cpu");
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.flatten({ inputShape: [1, 1, 1] }),
 *     tf.layers.dense({ units: 1, kernelInitializer: "ones" }),
 *   ],
 * });
 * const optimizer = createAdam(trainableVariables(model));
 * const images = tf.tensor4d([0, 0, 1, 1], [4, 1, 1, 1]);
 * const how = { model, optimizer, miner: "batch-all", margin: 1.5 } as const;
 * const { loss, spread } = trainBatch(how, images, [0, 0, 1, 1], 0.01);
 * assert.equal(loss, 0 - 1 + 1.5);
 * assert.equal(spread, 4 / 6);
 * ```
 */
export function trainBatch(
  training: Training | TrainingByRule,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
  learningRate: number,
): StepResult {
  const given = withMiner(training);
  const { model, optimizer, miner, margin, random, watch } = given;
  checkBatch(model, images, labels);
  const [count] = images.shape;
  checkTraining(given, learningRate, count);
  const { partSize = count } = given;
  const variables = Object.values(trainableVariables(model));
  const network = { model, variables };
  const { gradients, ...result } = withinStepMemory(network, images, () => {
    const pass = partSize < count
      ? partedPass(network, images, partSize)
      : forwardPass(network, images);
    try {
      const { embeddings } = pass;
      watch?.(tf.tensor2d(embeddings.values, [count, embeddings.size]));
      const { loss, gradient } = tripletLossAndGradient(
        miner,
        embeddings,
        labels,
        { margin, random },
      );
      checkLoss(loss);
      const spread = embeddingSpreadOf(embeddings);
      return { loss, spread, gradients: pass.backward(gradient) };
    } finally {
      pass.dispose();
    }
  });
  try {
    optimizer.update(gradients, learningRate);
    return result;
  } finally {
    tf.dispose(gradients);
  }
}
