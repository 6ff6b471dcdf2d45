import * as tf from "@tensorflow/tfjs";

/** The classes of a batch that 2 and 3 threads divide unevenly. */
const labels = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3];

/** Random images with those classes; the caller disposes them. */
export function batch(seed = 1) {
  const shape: [number, number, number, number] = [labels.length, 28, 28, 1];
  const images = tf.randomUniform(shape, 0, 1, "float32", seed);
  return { images: images as tf.Tensor4D, labels, seed };
}

/** How such a batch is trained on. */
export const how = { rule: "semi-hard", margin: 0.2 } as const;
