import * as tf from "@tensorflow/tfjs";
import { onDevice } from "../../backends/webgpu/device/check_device.ts";
import { awaitPoints, type Embeddings } from "../../numeric/embeddings.ts";
import { refuse } from "../../numeric/refuse.ts";
import { tripletLossAndGradient } from "../../triplets/losses/loss_and_gradient.ts";
import { checkBatch, checkLoss, checkPixels } from "./check_batch.ts";
import { checkTraining, withMiner } from "./check_training.ts";
import { embeddingSpreadOf } from "./collapse.ts";
import { type ForwardPass, forwardPass } from "./forward_pass.ts";
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
 * inside the batch, and updates the weights. Leaves no tensor behind. The backend is
 * waited for once, for the embeddings: a GPU may still work on the update when the
 * promise is fulfilled.
 *
 * The weights of frozen layers (`layer.trainable = false`) stay as they are, the
 * moving statistics of batch normalization included, which they use as in inference.
 * Layers are frozen before the optimizer is made; freezing others takes a new one.
 *
 * @param images `[batch, size, size, channels]`; stay the caller's, who disposes them
 * when the step has ended.
 * @param labels The class of each image.
 * @param learningRate Adam's for this step, 0 or more.
 * @returns The loss before the update.
 * @throws {RangeError} If an option is missing or cannot be, the model takes other
 * images or is frozen, there is none or not a label for each, a pixel is not a finite
 * number, a batch with batch normalization is to have parts, layers were frozen or
 * are no longer since the optimizer was made, or the step before was not awaited:
 * nothing has changed then. Or if the loss
 * is no finite number, or the batch does not fit into memory, then with how many
 * images would: the weights that training changes are then as they were.
 * @throws {DeviceError} If a GPU is lost or full, in this step or in the update of the
 * one before: some weights may have changed then and others not.
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
 * const first = await step();
 * for (let i = 0; i < 9; i++) await step();
 * assert.ok(await step() < first);
 * ```
 */
export async function trainStep(
  training: Training | TrainingByRule,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
  learningRate: number,
): Promise<number> {
  return (await trainBatch(training, images, labels, learningRate)).loss;
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
 * const { loss, spread } = await trainBatch(how, images, [0, 0, 1, 1], 0.01);
 * assert.equal(loss, 0 - 1 + 1.5);
 * assert.equal(spread, 4 / 6);
 * ```
 */
export async function trainBatch(
  training: Training | TrainingByRule,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
  learningRate: number,
): Promise<StepResult> {
  const given = withMiner(training);
  const { model } = given;
  checkBatch(model, images, labels);
  checkTraining(given, learningRate, images.shape[0]);
  if (inStep.has(model)) {
    refuse(
      "train on this batch",
      "the step before to have ended",
      "one that still runs: await what it returns",
    );
  }
  inStep.add(model);
  try {
    return await onDevice(`train on ${describe(images)}`, async () => {
      await checkPixels(images);
      return await stepOn(given, images, labels, learningRate);
    });
  } finally {
    inStep.delete(model);
  }
}

const describe = ({ shape: [count, height, width] }: tf.Tensor4D): string =>
  `${count} images of ${height}×${width}`;

/** Networks of which a step waits for the backend. */
const inStep = new WeakSet<tf.LayersModel>();

async function stepOn(
  { model, optimizer, miner, margin, random, watch, partSize }: Training,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
  learningRate: number,
): Promise<StepResult> {
  const [count] = images.shape;
  const variables = Object.values(trainableVariables(model));
  const network = { model, variables };
  let pass: ForwardPass | undefined;
  const forward = (): ForwardPass =>
    partSize !== undefined && partSize < count
      ? partedPass(network, images, partSize)
      : forwardPass(network, images);
  withinStepMemory(network, images, () => void (pass = forward()));
  const { embeddings, backward, dispose } = pass!;
  let points: Embeddings;
  try {
    points = await awaitPoints(embeddings);
  } catch (error) {
    dispose();
    throw error;
  }
  const { gradients, ...result } = withinStepMemory(network, images, () => {
    try {
      watch?.(tf.tensor2d(points.values, embeddings.shape));
      const { loss, gradient } = tripletLossAndGradient(
        miner,
        points,
        labels,
        { margin, random },
      );
      checkLoss(loss);
      const spread = embeddingSpreadOf(points);
      return { loss, spread, gradients: backward(gradient) };
    } finally {
      dispose();
    }
  });
  try {
    optimizer.update(gradients, learningRate);
    return result;
  } finally {
    tf.dispose(gradients);
  }
}
