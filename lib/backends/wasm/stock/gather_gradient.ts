import * as tf from "@tensorflow/tfjs";

/**
 * The gradient of `tf.gather` for any number of batch dimensions; tfjs's own knows
 * none and one, and gives one a wrong shape.
 */
export const gatherGradient: tf.GradConfig = {
  kernelName: "GatherV2",
  inputsToSave: ["x", "indices"],
  gradFunc(dy, saved, attrs) {
    const [x, indices] = saved as [tf.Tensor, tf.Tensor];
    const { axis, batchDims } = attrs as { axis: number; batchDims: number };
    return {
      x: () => scatter(dy as tf.Tensor, x, indices, axis, batchDims),
      // An index has no slope.
      indices: () => tf.zeros(indices.shape),
    };
  },
};

/** Adds each slice of dy to the one that it was gathered from. */
function scatter(
  dy: tf.Tensor,
  x: tf.Tensor,
  indices: tf.Tensor,
  axis: number,
  batchDims: number,
): tf.Tensor {
  const at = tf.util.parseAxisParam(axis, x.shape)[0]!;
  const { batchSize, outerSize, dimSize, sliceSize } = tf.backend_util
    .segment_util.collectGatherOpShapeInfo(x, indices, at, batchDims);
  const count = batchSize === 0 ? 0 : indices.size / batchSize;
  // Each batch has segments of its own.
  const firsts = tf.range(0, batchSize, 1, "int32").mul(
    tf.scalar(dimSize, "int32"),
  );
  const ids = tf.add(
    tf.reshape(indices, [batchSize, count]),
    tf.reshape(firsts, [batchSize, 1]),
  );
  const swap = (tensor: tf.Tensor) => tf.transpose(tensor, [0, 2, 1, 3]);
  const slices = swap(
    tf.reshape(dy, [batchSize, outerSize, count, sliceSize]),
  );
  const sums = tf.unsortedSegmentSum(
    tf.reshape(slices, [batchSize * count, outerSize * sliceSize]),
    tf.reshape(ids, [batchSize * count]) as tf.Tensor1D,
    batchSize * dimSize,
  );
  return tf.reshape(
    swap(tf.reshape(sums, [batchSize, dimSize, outerSize, sliceSize])),
    x.shape,
  );
}
