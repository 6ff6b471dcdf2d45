import * as tf from "@tensorflow/tfjs";

/** A loss with its derivative in the distances `[n, n]`. */
export interface LossAndSlopes {
  value: tf.Scalar;
  slopes: tf.Tensor2D;
}

/**
 * Puts a loss that is piecewise linear in the distances on the gradient tape.
 * Every sum of triplet hinges is: which triplets are mined, and which of them
 * are active, is constant between the kinks. So the choice itself runs off the
 * tape, free to sort and gather, whose gradients some backends lack.
 */
export function piecewiseLinear(
  distances: tf.Tensor2D,
  evaluate: (distances: tf.Tensor2D) => LossAndSlopes,
): tf.Scalar {
  const loss = tf.customGrad((input, saver) => {
    const { value, slopes } = evaluate(input as tf.Tensor2D);
    (saver as tf.GradSaveFunc)([slopes]);
    return {
      value,
      gradFunc: (upstream, saved) => tf.mul(saved[0]!, upstream),
    };
  });
  return loss(distances) as tf.Scalar;
}

/** The loss of no triplets: 0 everywhere, though NaN stays NaN. */
export function zeroLoss(distances: tf.Tensor2D): LossAndSlopes {
  const slopes = tf.zerosLike(distances);
  return { value: tf.sum(tf.mul(distances, slopes)), slopes };
}

/** Triplets inside the graph, as flat indices into the distances. */
export interface GraphTriplets {
  /** `anchor * n + positive`, int32 of any shape. */
  positives: tf.Tensor;
  /** `anchor * n + negative`, of the same shape. */
  negatives: tf.Tensor;
  /** 1 for a triplet, 0 for a filler, of the same shape. */
  weights: tf.Tensor;
  /** How many are not fillers; 1 or more. */
  count: number;
}

/** The mean of max(0, d(a,p) + margin − d(a,n)) over the triplets. */
export function meanHinge(
  distances: tf.Tensor2D,
  { positives, negatives, weights, count }: GraphTriplets,
  margin: number,
): LossAndSlopes {
  const flat = tf.reshape(distances, [-1]);
  const gap = tf.sub(
    tf.add(tf.gather(flat, positives), margin),
    tf.gather(flat, negatives),
  );
  // Gap times step, as relu would turn NaN into 0 on some backends.
  const active = tf.mul(tf.step(gap), weights);
  return {
    value: tf.div(sumInParts(tf.mul(gap, active)), count),
    slopes: tf.div(
      scatterInto(distances.shape, [
        [positives, active],
        [negatives, tf.neg(active)],
      ]),
      count,
    ),
  };
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
      tf.expandDims(join(parts.map(([indices]) => indices)), 1),
      join(parts.map(([, values]) => values)),
      [shape[0] * shape[1]],
    ),
    shape,
  );
}
