import * as tf from "@tensorflow/tfjs";
import { withinMemory } from "../backends/out_of_memory.ts";
import { batchTripletLoss } from "../triplets/batch_loss.ts";
import type { MiningRule } from "../triplets/rules.ts";
import type { Adam } from "./adam.ts";

/** What a step trains, and how. */
export interface Training {
  /** `[batch, size, size, channels]` → unit embeddings `[batch, n]`. */
  model: tf.LayersModel;
  /** Holds the model's trainable weights, by their variables' names. */
  optimizer: Adam;
  /** How triplets are chosen within the batch. */
  rule: MiningRule;
  /** α of the triplet loss. */
  margin: number;
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
 * Trains one batch: embeds each image once, mines and sums the triplet loss
 * inside the batch, and updates the weights. Leaves no tensor behind.
 *
 * @param images `[batch, size, size, channels]`; stay the caller's.
 * @param labels The class of each image.
 * @param learningRate Adam's for this step.
 * @returns The loss before the update.
 * @throws {RangeError} If a pixel or the loss is not a finite number, or the batch
 * does not fit into memory: then with how many images would. The weights that
 * training changes are then as they were.
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
  { model, optimizer, rule, margin }: Training,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
  learningRate: number,
): number {
  checkFinite(images);
  const variables = Object.values(trainableVariables(model));
  const embed = (images: tf.Tensor4D) =>
    model.apply(images, { training: true }) as tf.Tensor2D;
  const { value, grads } = withinMemory({
    doing: "train on",
    images,
    run: () =>
      tf.variableGrads(
        () => batchTripletLoss(rule, embed(images), labels, { margin }),
        variables,
      ),
    sample: (images) =>
      keepingStatistics(
        model,
        () => tf.variableGrads(() => tf.sum(embed(images)), variables),
      ),
  });
  try {
    const [loss] = value.dataSync();
    if (!Number.isFinite(loss)) {
      throw new RangeError(
        `Cannot train on this batch: expected a finite loss, got ${loss}. ` +
          `The weights have diverged: try a lower learning rate`,
      );
    }
    optimizer.update(grads, learningRate);
    return loss!;
  } finally {
    tf.dispose([value, grads]);
  }
}

/** Undoes what some work does to running averages of batch normalization. */
function keepingStatistics(model: tf.LayersModel, work: () => void): void {
  const before = model.nonTrainableWeights.map((weight) =>
    weight.read().arraySync()
  );
  try {
    work();
  } finally {
    model.nonTrainableWeights.forEach((weight, i) =>
      tf.tidy(() => void weight.write(tf.tensor(before[i]!)))
    );
  }
}

/** ReLUs and pools may drop a NaN on its way, so the loss does not tell. */
function checkFinite(images: tf.Tensor4D): void {
  const finite = tf.tidy(() => tf.all(tf.isFinite(images)).dataSync()[0]);
  if (!finite) {
    throw new RangeError(
      `Cannot train on this batch: expected images of finite numbers, got NaN or infinity`,
    );
  }
}
