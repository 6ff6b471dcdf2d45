/**
 * What is measured, for whichever backend tfjs uses: ours or its own.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { networkEmbed } from "../../nn2/embed.ts";
import { createNN2 } from "../../nn2/model.ts";
import { inputShape, type InputSize } from "../../nn2/table.ts";
import { readPoints } from "../../numeric/embeddings.ts";
import { createAdam } from "../../training/optimizer/adam.ts";
import { presets } from "../../training/settings/settings.ts";
import { trainStep } from "../../training/step/step.ts";
import { trainableVariables } from "../../training/step/training.ts";
import { tripletLossAndGradient } from "../../triplets/losses/loss_and_gradient.ts";
import { fitting } from "./convnet.ts";
import type { Workload } from "./serve.ts";

const { miner, margin, learningRate, normalization } = presets.quick;

/**
 * Prepares a training step: of NN2 with the settings of the presets, or of the
 * small convnet.
 *
 * @param network `convnet`, or the side of NN2's images.
 */
export function training(network: string, batch: string): Workload {
  if (network === "convnet") return fitting(batch);
  const model = createNetwork(network);
  const optimizer = createAdam(trainableVariables(model));
  const images = randomImages(network, batch);
  const labels = tenClasses(Number(batch));
  const step = { model, optimizer, miner, margin };
  return async () => {
    await trainStep(step, images, labels, learningRate);
  };
}

/** Prepares the embedding of a batch. */
export function inference(size: string, batch: string): Workload {
  const embed = networkEmbed(createNetwork(size));
  const images = randomImages(size, batch);
  return async () => {
    const embeddings = embed(images);
    await embeddings.data();
    embeddings.dispose();
  };
}

/** Prepares mining, loss and gradient for `[count, 128]` embeddings. */
export function mining(count: string): () => void {
  const labels = tenClasses(Number(count));
  const embeddings = tf.tidy(() => {
    const vectors = tf.randomNormal<tf.Rank.R2>(
      [Number(count), presets.quick.embeddingSize],
      0,
      1,
      "float32",
      1,
    );
    return tf.div<tf.Tensor2D>(vectors, tf.norm(vectors, 2, 1, true));
  });
  const points = readPoints(embeddings);
  embeddings.dispose();
  return () => void tripletLossAndGradient(miner, points, labels, { margin });
}

/** NN2 with fresh weights. */
function createNetwork(size: string): tf.LayersModel {
  return createNN2({ inputSize: sizeOf(size), normalization, seed: 1 });
}

function randomImages(size: string, batch: string): tf.Tensor4D {
  const shape = inputShape(sizeOf(size));
  return tf.randomUniform([Number(batch), ...shape], 0, 1, "float32", 1);
}

const sizeOf = (size: string) => Number(size) as InputSize;

const tenClasses = (count: number) =>
  Uint8Array.from({ length: count }, (_, i) => i % 10);
