import * as tf from "@tensorflow/tfjs";
import { normals, tensorOf } from "../../../against_cpu.ts";
import { convnet } from "../../models/convnet.ts";

/** The losses of a few steps of training a small network, the same every time. */
export async function fitLosses(): Promise<number[]> {
  const x = tensorOf(normals([96, 28, 28, 1], 1));
  const classes = tf.tensor1d(
    Array.from({ length: 96 }, (_, i) => i % 10),
    "int32",
  );
  const y = tf.cast(tf.oneHot(classes, 10), "float32");
  const model = convnet();
  const { history } = await model.fit(x, y, {
    epochs: 3,
    batchSize: 32,
    shuffle: false,
    verbose: 0,
  });
  tf.dispose([x, classes, y]);
  model.dispose();
  return history.loss as number[];
}
