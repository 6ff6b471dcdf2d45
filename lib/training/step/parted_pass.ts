import * as tf from "@tensorflow/tfjs";
import { networkEmbed } from "../../nn2/embed.ts";
import {
  type ForwardPass,
  forwardPass,
  type TrainedNetwork,
} from "./forward_pass.ts";
import { withinStepMemory } from "./step_memory.ts";

/**
 * Passes a batch through a network with few images in memory at once: all parts
 * are embedded, and on the way back each is embedded once more to carry its
 * gradient on to the weights. The sum is the same as {@linkcode forwardPass}
 * gives, if no layer mixes the images of a batch as batch normalization does.
 *
 * @param partSize How many images are in memory at once.
 */
export function partedPass(
  network: TrainedNetwork,
  images: tf.Tensor4D,
  partSize: number,
): ForwardPass {
  const [count] = images.shape;
  const parts = Array.from(
    { length: Math.ceil(count / partSize) },
    (_, part) => ({
      start: part * partSize,
      length: Math.min(partSize, count - part * partSize),
    }),
  );
  const imagesOf = ({ start, length }: typeof parts[number]) =>
    tf.slice(images, start, length);
  const embed = networkEmbed(network.model);
  const embeddings = tf.keep(tf.tidy(() =>
    tf.concat2d(
      parts.map((part) => tf.tidy(() => embed(imagesOf(part)))),
      0,
    )
  ));
  const [, size] = embeddings.shape;
  return {
    embeddings,
    backward(gradient) {
      let sums: tf.NamedTensorMap = {};
      for (const part of parts) {
        const { start, length } = part;
        const own = gradient.subarray(start * size, (start + length) * size);
        const taken = imagesOf(part);
        sums = added(sums, backwardOf(network, taken, own));
        taken.dispose();
      }
      return sums;
    },
    dispose: () => embeddings.dispose(),
  };
}

/** The gradients in the variables that a part of a batch has. */
function backwardOf(
  network: TrainedNetwork,
  images: tf.Tensor4D,
  gradient: Float32Array,
): tf.NamedTensorMap {
  return withinStepMemory(network, images, () => {
    const { backward, dispose } = forwardPass(network, images);
    try {
      return backward(gradient);
    } finally {
      dispose();
    }
  });
}

/** Adds gradients to sums; both are disposed. */
function added(
  sums: tf.NamedTensorMap,
  more: tf.NamedTensorMap,
): tf.NamedTensorMap {
  const next = Object.entries(more).map(([name, gradient]) => {
    const sum = sums[name];
    if (!sum) return [name, gradient];
    const both = tf.add(sum, gradient);
    tf.dispose([sum, gradient]);
    return [name, both];
  });
  return Object.fromEntries(next);
}
