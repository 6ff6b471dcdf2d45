import * as tf from "@tensorflow/tfjs";
import { ChannelConcatenation } from "../../lib/nn2/layers/concatenation.ts";
import { L2Normalization } from "../../lib/nn2/layers/l2_normalization.ts";
import { L2Pooling } from "../../lib/nn2/layers/l2_pooling.ts";
import { NormalizedConvolution } from "../../lib/nn2/layers/normalized_convolution.ts";

/** Of every kind of layer that NN2 has a tiny one, for images of 28×28. */
export function ownNetwork(seed = 1): tf.LayersModel {
  const images = tf.input({ shape: [28, 28, 1] });
  const apply = (layer: tf.layers.Layer, ...xs: tf.SymbolicTensor[]) =>
    layer.apply(xs.length > 1 ? xs : xs[0]!) as tf.SymbolicTensor;
  let made = 0;
  const convolve = (filters: number, kernelSize: number, strides = 1) =>
    new NormalizedConvolution({
      // Weights go by their layers' names, in a file too.
      ...{ name: `conv${++made}`, filters, kernelSize, strides },
      seed: seed + filters + 100 * kernelSize,
    });
  const stem = apply(convolve(8, 3, 4), images);
  const joined = apply(
    new ChannelConcatenation({}),
    apply(convolve(4, 1), stem),
    apply(convolve(6, 3), apply(convolve(5, 1), stem)),
    apply(new L2Pooling({ size: 3, stride: 1 }), stem),
    apply(
      tf.layers.maxPooling2d({ poolSize: 3, strides: 1, padding: "same" }),
      stem,
    ),
  );
  const features = apply(
    tf.layers.globalAveragePooling2d({}),
    apply(convolve(8, 3, 2), joined),
  );
  const dense = tf.layers.dense({
    name: "embedding",
    units: 6,
    kernelInitializer: tf.initializers.glorotUniform({ seed }),
  });
  const outputs = apply(new L2Normalization({}), apply(dense, features));
  return tf.model({ inputs: images, outputs });
}
