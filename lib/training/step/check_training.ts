import type * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { checkMargin } from "../../triplets/batch/batch.ts";
import { findMiner, type MinerName } from "../../triplets/miners/miners.ts";
import { checkTrainedWeights } from "./trained_weights.ts";
import {
  trainableVariables,
  type Training,
  type TrainingByRule,
} from "./training.ts";

const action = "train on this batch";

/**
 * Says of a training's options what `miner` was called before.
 *
 * @throws {RangeError} If both names are given, with two miners.
 */
export function withMiner(training: Training | TrainingByRule): Training {
  const { miner, rule } = optionsOf(action, training) as
    & Training
    & { rule: MinerName };
  if (miner !== undefined && rule !== undefined && miner !== rule) {
    refuse(
      action,
      "miner and its former name, rule, to be the same",
      `${shown(miner)} and ${shown(rule)}`,
    );
  }
  return { ...training, miner: miner === undefined ? rule : miner };
}

/**
 * Makes sure that a batch can be trained on as it is asked, before any work.
 *
 * @param count How many images the batch has.
 * @throws {RangeError} If an option is missing or cannot be, a batch with batch
 * normalization is to have parts, or the optimizer is that of other weights.
 */
export function checkTraining(
  { model, optimizer, miner, margin, random, partSize }: Training,
  learningRate: number,
  count: number,
): void {
  const embeddingSize = model.outputs[0]!.shape.at(-1)!;
  findMiner(action, miner, { random, embeddingSize });
  checkMargin(action, margin);
  checkValue(action, "learningRate", learningRate, { type: "number", min: 0 });
  if (partSize !== undefined) checkParts(model, partSize, count);
  const trained = Object.keys(trainableVariables(model));
  checkTrainedWeights(action, optimizer.names, trained);
}

function checkParts(
  model: tf.LayersModel,
  partSize: number,
  count: number,
): void {
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
