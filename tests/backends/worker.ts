/**
 * Says which backend a Worker gets that is named after it, and that a filter's gradient
 * works there.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  useBackend,
} from "../../lib/backends/use_backend.ts";

const { backend } = await useBackend(self.name as BackendName);
const gradient = tf.grad((filter) =>
  tf.conv2d(tf.ones<tf.Rank.R4>([1, 5, 5, 1]), filter as tf.Tensor4D, 1, "same")
)(tf.ones([3, 3, 1, 2]));
(self as unknown as Worker).postMessage({ backend, gradient: gradient.shape });
