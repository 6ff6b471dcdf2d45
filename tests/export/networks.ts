import * as tf from "@tensorflow/tfjs";
import type { Normalization } from "../../lib/nn2/graph.ts";
import { createNN2 } from "../../lib/nn2/model.ts";
import type { InputSize } from "../../lib/nn2/table.ts";
import { namedWeights } from "../../lib/nn2/weights.ts";
import type { LoadedNetwork } from "../../lib/training/weights/weights.ts";

/** NN2 with random weights, biases and moving statistics among them. */
export function randomNetwork(
  normalization: Normalization,
  inputSize: InputSize = 28,
  embeddingSize = 8,
): LoadedNetwork {
  const settings = {
    inputSize,
    embeddingSize,
    normalization,
    binarize: false,
  };
  const model = createNN2({ inputSize, embeddingSize, normalization, seed: 2 });
  let seed = 1;
  for (const [name, variable] of Object.entries(namedWeights(model))) {
    if (name.endsWith("/kernel")) continue;
    const center = /gamma|variance/.test(name) ? 1 : 0;
    const [low, high] = [center - 0.3, center + 0.3];
    const drawn = tf.randomUniform(
      variable.shape,
      low,
      high,
      "float32",
      seed++,
    );
    variable.assign(drawn);
    drawn.dispose();
  }
  return { model, settings };
}

/**
 * Images for a network, as different from each other as can be.
 *
 * @param most The largest value: local response normalization acts on large ones.
 */
export function randomImages(
  { settings: { inputSize } }: LoadedNetwork,
  count: number,
  most = 1,
): tf.Tensor4D {
  const shape = [count, inputSize, inputSize, inputSize === 28 ? 1 : 3];
  return tf.tidy(() => {
    const noise = tf.randomUniform(shape, 0, 2, "float32", 3);
    // A third of the pixels are background.
    return tf.mul(tf.clipByValue(tf.sub(noise, 0.7), 0, 1), most);
  }) as tf.Tensor4D;
}
