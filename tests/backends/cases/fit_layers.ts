import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "../../assert.ts";

const { layers } = tf;
type Layer = tf.layers.Layer;

/** Fresh initial weights, the same for each backend. */
const initial = (seed: number) => tf.initializers.glorotUniform({ seed });
const kernelInitializer = initial(1);
const recurrent = { kernelInitializer, recurrentInitializer: initial(2) };
const depthwise = { depthwiseInitializer: initial(3) };
const conv = { filters: 4, kernelSize: 3, kernelInitializer };
/** Eight steps of 24 numbers, for layers that read a sequence. */
const sequence = () => layers.reshape({ targetShape: [8, 24] });

/** Layers behind a convolution of `[batch, 8, 8, 3]`, each trained by itself. */
const behindConvolution: Record<string, () => Layer[]> = {
  "conv2d": () => [layers.conv2d({ ...conv, activation: "relu" })],
  "conv2d, strides 2": () => [
    layers.conv2d({ ...conv, strides: 2, padding: "same" }),
  ],
  "conv2d, channels first": () => [
    layers.conv2d({ ...conv, dataFormat: "channelsFirst" }),
  ],
  "conv2d, regularized": () => [
    layers.conv2d({ ...conv, kernelRegularizer: "l1l2" }),
  ],
  "conv2dTranspose": () => [layers.conv2dTranspose({ ...conv, strides: 2 })],
  "depthwiseConv2d": () => [
    layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, ...depthwise }),
  ],
  "separableConv2d": () => [
    layers.separableConv2d({
      filters: 4,
      kernelSize: 3,
      strides: 2,
      pointwiseInitializer: initial(4),
      ...depthwise,
    }),
  ],
  "conv1d": () => [sequence(), layers.conv1d({ ...conv })],
  "maxPooling2d": () => [layers.maxPooling2d({ poolSize: 3, strides: 2 })],
  "averagePooling2d": () => [
    layers.averagePooling2d({ poolSize: 3, strides: 2, padding: "same" }),
  ],
  "globalAveragePooling2d": () => [layers.globalAveragePooling2d({})],
  "globalMaxPooling2d": () => [layers.globalMaxPooling2d({})],
  "upSampling2d, bilinear": () => [
    layers.upSampling2d({ size: [2, 2], interpolation: "bilinear" }),
  ],
  "zeroPadding2d and cropping2D": () => [
    layers.zeroPadding2d({ padding: 2 }),
    layers.cropping2D({ cropping: [[1, 2], [2, 1]] }),
  ],
  "batchNormalization": () => [layers.batchNormalization()],
  "layerNormalization": () => [layers.layerNormalization()],
  "dropout": () => [layers.dropout({ rate: 0.3, seed: 5 })],
  "prelu": () => [layers.prelu({ alphaInitializer: "ones" })],
  "leakyReLU and elu": () => [layers.leakyReLU(), layers.elu()],
  "permute": () => [layers.permute({ dims: [2, 1, 3] })],
  "simpleRNN": () => [sequence(), layers.simpleRNN({ units: 5, ...recurrent })],
  "lstm": () => [sequence(), layers.lstm({ units: 5, ...recurrent })],
  "gru": () => [sequence(), layers.gru({ units: 5, ...recurrent })],
  "bidirectional": () => [
    sequence(),
    layers.bidirectional({
      layer: layers.lstm({ units: 5, ...recurrent }) as never,
      mergeMode: "concat",
    }),
  ],
  "timeDistributed": () => [
    sequence(),
    layers.timeDistributed({
      layer: layers.dense({ units: 3, kernelInitializer }),
    }),
  ],
};

/** Layers to train, and what with. */
export interface Fit {
  stack: () => Layer[];
  x: () => tf.Tensor;
}

/** The layers of other people's networks. */
export const fits: Record<string, Fit> = {
  ...Object.fromEntries(
    Object.entries(behindConvolution).map(([name, stack]) => [name, {
      // A layer before it, so that its own input's gradient is needed.
      stack: () => [
        layers.conv2d({
          inputShape: [8, 8, 3],
          filters: 3,
          kernelSize: 1,
          kernelInitializer,
        }),
        ...stack(),
      ],
      x: () => tf.randomNormal([12, 8, 8, 3], 0, 1, "float32", 7),
    }]),
  ),
  embedding: {
    stack: () => [
      layers.embedding({
        inputDim: 10,
        outputDim: 4,
        inputLength: 5,
        embeddingsInitializer: initial(1),
      }),
    ],
    x: () =>
      tf.tensor2d(Array.from({ length: 60 }, (_, i) => i * 7 % 10), [12, 5]),
  },
};

/** The losses of three epochs with a softmax layer at the end, on the current backend. */
export async function fitLosses({ stack, x }: Fit): Promise<number[]> {
  const model = tf.sequential({ layers: stack() });
  if (model.outputShape.length > 2) model.add(layers.flatten());
  model.add(
    layers.dense({ units: 4, activation: "softmax", kernelInitializer }),
  );
  model.compile({
    optimizer: tf.train.sgd(0.1),
    loss: "categoricalCrossentropy",
  });
  const images = x();
  const classes = Array.from({ length: images.shape[0]! }, (_, i) => i % 4);
  const labels = tf.tidy(() => tf.oneHot(classes, 4).toFloat());
  const { history } = await model.fit(images, labels, {
    epochs: 3,
    batchSize: 6,
    shuffle: false,
    verbose: 0,
  });
  tf.dispose([images, labels]);
  model.dispose();
  return history.loss as number[];
}

/** Asserts that losses are nearly the same. */
export function assertLosses(actual: number[], expected: number[]): void {
  actual.forEach((loss, i) =>
    assertAlmostEquals(loss, expected[i]!, 1e-4 * Math.max(1e-2, expected[i]!))
  );
}
