import * as tf from "@tensorflow/tfjs";

/**
 * Prepares a training step of a small network as other people write it: layers,
 * `compile` and `fit`, for images `[batch, 28, 28, 1]` of ten classes.
 */
export function fitting(batch: string): () => Promise<void> {
  const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
  const activation = "relu";
  const model = tf.sequential({
    layers: [
      conv2d({
        inputShape: [28, 28, 1],
        filters: 32,
        kernelSize: 3,
        activation,
      }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 64, kernelSize: 3, activation }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 128, activation }),
      dense({ units: 10, activation: "softmax" }),
    ],
  });
  model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
  const count = Number(batch);
  const images = tf.randomUniform([count, 28, 28, 1], 0, 1, "float32", 1);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), 10);
  return async () => {
    await model.fit(images, classes, { batchSize: count, verbose: 0 });
  };
}
