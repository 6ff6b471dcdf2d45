import * as tf from "@tensorflow/tfjs";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";

/** A network with each of NN2's layers that trains in milliseconds. */
export function tinyNetwork(): tf.LayersModel {
  const convolve = (filters: number, kernelSize: number, strides: number) =>
    new NormalizedConvolution({ filters, kernelSize, strides, seed: filters });
  const images = tf.input({ shape: [28, 28, 1] });
  const layers: tf.layers.Layer[] = [
    convolve(5, 7, 4),
    tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: "same" }),
    convolve(6, 1, 1),
    convolve(4, 3, 1),
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({
      units: 3,
      kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
    }),
  ];
  const outputs = layers.reduce(
    (x, layer) => layer.apply(x) as tf.SymbolicTensor,
    images,
  );
  return tf.model({ inputs: images, outputs });
}
