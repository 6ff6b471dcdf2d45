import * as tf from "@tensorflow/tfjs";

/**
 * What onnxruntime-web computes of images with the bytes of an ONNX file.
 *
 * @param images `[batch, height, width, channels]`.
 * @returns Channels last too.
 */
export async function runOnnx(
  bytes: Uint8Array,
  images: tf.Tensor4D,
): Promise<tf.Tensor> {
  // Not above: it looks at the environment, which a plain `deno test` may not.
  const { env, InferenceSession, Tensor } = await import(
    "onnxruntime-web/wasm"
  );
  env.wasm.numThreads = 1;
  const planes = tf.transpose(images, [0, 3, 1, 2]);
  const values = new Float32Array(await planes.data());
  const session = await InferenceSession.create(bytes);
  const { embeddings } = await session.run({
    images: new Tensor("float32", values, planes.shape),
  });
  planes.dispose();
  const data = Float32Array.from(embeddings!.data as Float32Array);
  const result = tf.tensor(data, [...embeddings!.dims]);
  await session.release();
  if (result.rank !== 4) return result;
  const last = tf.transpose(result, [0, 2, 3, 1]);
  result.dispose();
  return last;
}

/** The largest difference of two tensors of one shape. */
export function farthest(a: tf.Tensor, b: tf.Tensor): number {
  return tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!);
}
