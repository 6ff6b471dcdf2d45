import * as tf from "@tensorflow/tfjs";
import { withinMemory } from "../../backends/out_of_memory.ts";
import { forwardPass, type TrainedNetwork } from "./forward_pass.ts";

/**
 * Does a part of a training step on a batch, its forward or its backward pass:
 * where memory ends, all of the part is freed, and smaller batches are tried to tell
 * how many images would fit.
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
    backward(new Float32Array(embeddings.size).fill(1));
  } finally {
    dispose();
  }
}

/** Undoes what some work does to running averages of batch normalization. */
function keepingStatistics(model: tf.LayersModel, work: () => void): void {
  const before = model.nonTrainableWeights.map((weight) =>
    tf.mul(weight.read(), 1)
  );
  try {
    work();
  } finally {
    model.nonTrainableWeights.forEach((weight, i) => weight.write(before[i]!));
    tf.dispose(before);
  }
}
