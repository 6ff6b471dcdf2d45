import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../numeric/random.ts";
import type { MinerName } from "../../triplets/miners/miners.ts";
import type { Adam } from "../optimizer/adam.ts";

/** What a step trains, and how. */
export interface Training {
  /** `[batch, size, size, channels]` → unit embeddings `[batch, n]`. */
  model: tf.LayersModel;
  /** Holds the model's trainable weights, by their variables' names. */
  optimizer: Adam;
  /** How triplets are chosen within the batch. */
  miner: MinerName;
  /** α of the triplet loss: 0 or more, in squared distances. */
  margin: number;
  /** Draws the negatives, for the miners that draw. */
  random?: Random | undefined;
  /**
   * How many images are in memory at once; for networks without batch
   * normalization (the whole batch by default).
   */
  partSize?: number | undefined;
  /**
   * Shown the batch's embeddings `[batch, n]`, which it may not keep.
   *
   * @deprecated Use what {@linkcode trainBatch} returns.
   */
  watch?: (embeddings: tf.Tensor2D) => void;
}

/** @deprecated Say `miner` instead of `rule`. */
export type TrainingByRule = Omit<Training, "miner"> & { rule: MinerName };

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
