import * as tf from "@tensorflow/tfjs";

/**
 * A convolutional network for digits of the usual kind, as TensorFlow.js's own
 * MNIST example builds it, with batch normalization and dropout besides.
 */
export function convnet(): tf.Sequential {
  let seed = 1;
  const kernelInitializer = () =>
    tf.initializers.varianceScaling({
      scale: 1,
      mode: "fanAvg",
      distribution: "uniform",
      seed: seed++,
    });
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [28, 28, 1],
        kernelSize: 5,
        filters: 8,
        activation: "relu",
        kernelInitializer: kernelInitializer(),
      }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({
        kernelSize: 5,
        filters: 16,
        useBias: false,
        kernelInitializer: kernelInitializer(),
      }),
      tf.layers.batchNormalization(),
      tf.layers.reLU(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dropout({ rate: 0.25, seed: 7 }),
      tf.layers.dense({
        units: 10,
        activation: "softmax",
        kernelInitializer: kernelInitializer(),
      }),
    ],
  });
  model.compile({
    optimizer: tf.train.adam(0.003),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  return model;
}
