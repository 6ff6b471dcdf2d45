import * as tf from "@tensorflow/tfjs";
import { withinMemory } from "../../backends/out_of_memory.ts";
import { forwardPass, type TrainedNetwork } from "./forward_pass.ts";

/**
 * Does the work of a training step on a batch: where memory ends, all of it is
 * freed, and smaller batches are tried to tell how many images would fit.
 *
 * @param images They stay the caller's.
 * @returns What the work gives; the caller disposes it.
 * @throws {RangeError} If memory runs out, with how many images would fit.
 */
export function withinStepMemory<T extends tf.TensorContainer>(
  network: TrainedNetwork,
  images: tf.Tensor4D,
  run: () => T,
): T {
  return withinMemory({
    action: "train on",
    images,
    run,
    sample: (images) =>
      keepingStatistics(network.model, () => passBothWays(network, images)),
  });
}

function passBothWays(network: TrainedNetwork, images: tf.Tensor4D): void {
  const { embeddings, backward, dispose } = forwardPass(network, images);
  try {
    backward(new Float32Array(embeddings.values.length).fill(1));
  } finally {
    dispose();
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
