import type * as tf from "@tensorflow/tfjs";
import type { EmbedBy } from "../nn2/threads/embed_by.ts";
import type { AdamState } from "./adam.ts";
import type { TrainingRule } from "./rule_loss.ts";

/** What an {@linkcode Engine} trains, and how. */
export interface EngineOptions {
  /** Has the weights of the last step after `sync`; stays the caller's. */
  model: tf.LayersModel;
  /** How triplets are chosen within the batch. */
  rule: TrainingRule;
  /** α of the triplet loss. */
  margin: number;
  /** How many images a thread has in memory at once (all of its by default). */
  partSize?: number | undefined;
  /** The optimizer's state to go on from, by the names of the weights. */
  adam?: AdamState | undefined;
}

/** A batch to train on. */
export interface TrainingBatch {
  /** `[batch, size, size, channels]`; stay the caller's. */
  images: tf.Tensor4D;
  /** The class of each image. */
  labels: ArrayLike<number>;
  /** Seeds what a rule draws. */
  seed: number;
}

/** What a step tells. */
export interface StepOutcome {
  /** The batch's loss before the step. */
  loss: number;
  /** How far apart the images of the batch were, as `embeddingSpread` has it. */
  spread: number;
}

/** What trains in a run, and embeds: this thread, or a team of others. */
export interface Engine {
  /**
   * Embeds images by a network's weights, not only those that it trains: one
   * batch at a time in each thread.
   */
  embedBy: EmbedBy;
  /**
   * Trains one batch.
   *
   * @throws {RangeError} If a pixel or the loss is not finite, or memory runs out.
   */
  step(batch: TrainingBatch, learningRate: number): Promise<StepOutcome>;
  /** Gives the model the weights as they are after the last step. */
  sync(): void;
  /** A copy of the optimizer's state, by the names of the weights. */
  adam(): Promise<AdamState>;
  /** Frees all but the model. */
  dispose(): void;
}
