/** Small networks with a backbone, of images of 9×8 pixels with two channels. */
import * as tf from "@tensorflow/tfjs";
import { ChannelConcatenation } from "../../../lib/nn2/layers/concatenation.ts";
import { L2Pooling } from "../../../lib/nn2/layers/l2_pooling.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";

/** A normalized convolution with weights of its own. */
export const convolve = (
  filters: number,
  kernelSize: number,
  strides = 1,
): NormalizedConvolution =>
  new NormalizedConvolution({
    filters,
    kernelSize,
    strides,
    seed: filters + 100 * kernelSize,
  });

/** Branches that share inputs in every way: convolutions, pools, and a pass. */
export function branches(): tf.LayersModel {
  const images = tf.input({ shape: [9, 8, 2] });
  const apply = (layer: tf.layers.Layer, ...xs: tf.SymbolicTensor[]) =>
    layer.apply(xs.length > 1 ? xs : xs[0]!) as tf.SymbolicTensor;
  const stem = apply(convolve(18, 3), images);
  const joined = apply(
    new ChannelConcatenation({}),
    apply(convolve(5, 1), stem),
    apply(convolve(7, 3), apply(convolve(6, 1), stem)),
    apply(convolve(4, 5), stem),
    apply(new L2Pooling({ size: 3, stride: 1 }), stem),
    apply(
      tf.layers.maxPooling2d({ poolSize: 3, strides: 1, padding: "same" }),
      stem,
    ),
    stem,
  );
  const last = apply(convolve(6, 3, 2), joined);
  const dense = tf.layers.dense({
    units: 3,
    kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
  });
  const flat = apply(tf.layers.globalAveragePooling2d({}), last);
  return tf.model({ inputs: images, outputs: apply(dense, flat) });
}

/** Branches that begin at the images, in which nobody needs a gradient. */
export function branchedImages(): tf.LayersModel {
  const images = tf.input({ shape: [9, 8, 2] });
  const layers = [
    convolve(3, 1),
    convolve(4, 1),
    convolve(2, 3),
    new L2Pooling({ size: 3, stride: 1 }),
  ];
  const joined = new ChannelConcatenation({}).apply(
    layers.map((layer) => layer.apply(images) as tf.SymbolicTensor),
  );
  const average = tf.layers.globalAveragePooling2d({});
  const outputs = average.apply(joined) as tf.SymbolicTensor;
  return tf.model({ inputs: images, outputs });
}
