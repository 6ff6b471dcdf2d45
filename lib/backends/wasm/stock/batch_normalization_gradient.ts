import * as tf from "@tensorflow/tfjs";

/** What the gradient needs; tfjs fails to save an input that is not there. */
const inputsToSave = ["x", "mean", "variance", "scale"];
inputsToSave.map = <T>(
  inputOf: (name: string, i: number, all: string[]) => T,
) =>
  Array.from(inputsToSave, (name, i) => inputOf(name, i, inputsToSave))
    .filter((input) => input !== undefined);

/**
 * The gradient, in everything that was broadcast; tfjs wants the offset to have the
 * shape of the mean.
 */
export const batchNormalizationGradient: tf.GradConfig = {
  kernelName: "FusedBatchNorm",
  inputsToSave,
  gradFunc(dy, saved, attrs) {
    const slope = dy as tf.Tensor;
    const [x, mean, variance, scale] = saved as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor | undefined,
    ];
    const { varianceEpsilon } = attrs as { varianceEpsilon: number };
    const inverse = tf.rsqrt(tf.add(variance, varianceEpsilon));
    const centered = tf.sub(x, mean);
    const scaled = scale ? tf.mul(slope, scale) : slope;
    /** Sums over all that one value was broadcast to. */
    const reduced = (value: tf.Tensor, { shape }: tf.Tensor) => {
      const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
      return tf.reshape(tf.sum(value, axes), shape);
    };
    return {
      x: () => tf.mul(scaled, inverse),
      mean: () => reduced(tf.neg(tf.mul(scaled, inverse)), mean),
      variance: () => {
        const cubed = tf.pow(inverse, tf.scalar(3));
        const product = tf.mul(tf.mul(scaled, centered), cubed);
        return reduced(tf.mul(product, -0.5), variance);
      },
      scale: () => reduced(tf.mul(slope, tf.mul(centered, inverse)), scale!),
      offset: () => reduced(slope, mean),
    };
  },
};
