import * as tf from "@tensorflow/tfjs";
import type { MeanLoss } from "../losses/mean_loss.ts";

/** The mean of a sum over so many; 0 where the count is. */
export function meanOf(
  sum: tf.Scalar,
  count: tf.Scalar,
  slopes: tf.Tensor2D,
): MeanLoss {
  const divisor = tf.maximum(count, 1);
  return { value: tf.div(sum, divisor), slopes, share: tf.div(1, divisor) };
}

/**
 * Sums all values, in parts of about √size: tfjs's WASM backend adds one after
 * the other in float32, and over 300,000 triplets that alone costs a per mille.
 */
export function sumInParts(values: tf.Tensor): tf.Scalar {
  const width = Math.ceil(Math.sqrt(values.size));
  const height = Math.ceil(values.size / width);
  const flat = tf.reshape(values, [values.size]);
  const padded = tf.pad(flat, [[0, width * height - values.size]]);
  return tf.sum(tf.sum(tf.reshape(padded, [height, width]), 1));
}

/** Adds values at flat indices into a matrix of zeros of the given shape. */
export function scatterInto(
  shape: [number, number],
  parts: [indices: tf.Tensor, values: tf.Tensor][],
): tf.Tensor2D {
  const join = (tensors: tf.Tensor[]) =>
    tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1])));
  return tf.reshape(
    tf.scatterND(
      tf.expandDims(
        tf.cast(join(parts.map(([indices]) => indices)), "int32"),
        1,
      ),
      join(parts.map(([, values]) => values)),
      [shape[0] * shape[1]],
    ),
    shape,
  );
}
