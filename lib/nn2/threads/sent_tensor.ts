import * as tf from "@tensorflow/tfjs";

/** A tensor of float32 on its way to another thread. */
export interface SentTensor {
  memory: ArrayBuffer | SharedArrayBuffer;
  shape: number[];
}

/** Copies a tensor of any numbers into memory that is sent. */
export function sendTensor(tensor: tf.Tensor): SentTensor {
  const { buffer } = new Float32Array(tensor.dataSync());
  return { memory: buffer, shape: tensor.shape };
}

/** Copies a tensor into memory that all threads see. */
export function shareTensor(tensor: tf.Tensor): SentTensor {
  const memory = new SharedArrayBuffer(4 * tensor.size);
  new Float32Array(memory).set(tensor.dataSync());
  return { memory, shape: tensor.shape };
}

/** The tensor that was sent; the caller disposes it. */
export function receiveTensor({ memory, shape }: SentTensor): tf.Tensor {
  return tf.tensor(new Float32Array(memory), shape, "float32");
}
