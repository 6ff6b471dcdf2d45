import * as tf from "@tensorflow/tfjs";
import { checkDataset, type Dataset } from "../../digits/dataset.ts";
import {
  createBalancedSampler,
  restoreBalancedSampler,
} from "../../digits/sampler.ts";
import {
  createRandom,
  type Random,
  restoreRandom,
} from "../../numeric/random.ts";
import { namedWeights, setNamedWeights } from "../../nn2/weights.ts";
import { findMiner } from "../../triplets/miners/miners.ts";
import { type RunState, unnameMeans } from "../checkpoint/run_state.ts";
import type { Settings } from "../settings/schema.ts";
import { type Adam, createAdam, restoreAdam } from "../optimizer/adam.ts";
import { checkTakes } from "../step/check_takes.ts";
import { trainableVariables } from "../step/training.ts";
import { pasteWeights } from "../weights/stored_weights.ts";

/** What a run trains, how, and where it goes on. */
export interface RunOptions {
  /** Its weights change; stays the caller's. */
  model: tf.LayersModel;
  dataset: Dataset;
  settings: Settings;
  /** Decides the batches of a new run. */
  random: Random;
  /** Where to go on; the model gets its weights. */
  from?: RunState | undefined;
}

/**
 * Makes sure that a run can train its network, before anything is made for it.
 *
 * @throws {RangeError} If the dataset is none or not for this network, or the miner
 * is not for its embeddings.
 */
export function checkRun(
  { model, dataset, random }: RunOptions,
  settings: Settings,
): void {
  checkDataset("train", dataset);
  checkTakes(model, dataset, settings);
  const embeddingSize = model.outputs[0]!.shape.at(-1)!;
  findMiner("train", settings.miner, { random, embeddingSize });
}

/** What is drawn from in the course of a run: images, and all that a step draws. */
export function createSources(
  { dataset, random, from }: RunOptions,
  settings: Settings,
) {
  const { classesPerBatch, imagesPerClass } = settings;
  const batches = { labels: dataset.labels, classesPerBatch, imagesPerClass };
  if (from) {
    return {
      sampler: restoreBalancedSampler(from.sampler, batches),
      draws: restoreRandom(from.draws),
    };
  }
  return {
    sampler: createBalancedSampler({ ...batches, random }),
    draws: createRandom(random.integer(2 ** 32)),
  };
}

/**
 * Images in memory at once, by default all of a batch. Of 224×224, about half of what
 * fits into WebAssembly's 4 GiB; with batch normalization a batch has no parts.
 */
export function partOf(
  { inputSize, normalization }: Settings,
): number | undefined {
  return inputSize === 224 && normalization !== "batch" ? 16 : undefined;
}

/** Makes Adam, or restores it together with the model's weights: both or neither. */
export function createOptimizer(
  { model, from }: RunOptions,
  settings: Settings,
): Adam {
  const { beta1, beta2, epsilon } = settings;
  const how = { beta1, beta2, epsilon };
  if (!from) return createAdam(trainableVariables(model), how);
  // Of the same memory, which the new weights do not write to.
  const before = tf.tidy(() => copiesOf(model));
  try {
    pasteWeights(model, from.weights);
    const state = unnameMeans(from.adam, model);
    return restoreAdam(trainableVariables(model), state, how);
  } catch (error) {
    setNamedWeights(model, before);
    throw error;
  } finally {
    tf.dispose(before);
  }
}

function copiesOf(model: tf.LayersModel): tf.NamedTensorMap {
  return Object.fromEntries(
    Object.entries(namedWeights(model))
      .map(([name, variable]) => [name, tf.clone(variable)]),
  );
}
