import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";

/** The kernels that tfjs's wasm backend has by itself: load this before others are added. */
export const stockNames: readonly string[] = tf.getKernelsForBackend("wasm")
  .map(({ kernelName }) => kernelName);
