/**
 * Trains a network on 1,000 digits of MNIST on TensorFlow.js's WASM backend and
 * prints the part of 1,000 test images that it recognizes. All that it needs
 * besides TensorFlow.js is one import.
 */
import * as tf from "@tensorflow/tfjs";
import "../../../../lib/backends/wasm/mod.ts";
import type { Dataset } from "../../../../lib/digits/dataset.ts";
import { imagesToTensor } from "../../../../lib/digits/images.ts";
import { loadMnist } from "../../../../lib/digits/mnist.ts";
import { convnet } from "./convnet.ts";

if (!await tf.setBackend("wasm")) Deno.exit(1);

function first(count: number, digits: Dataset) {
  const indices = Array.from({ length: count }, (_, i) => i);
  const labels = tf.tensor1d([...digits.labels.subarray(0, count)], "int32");
  return {
    x: imagesToTensor(digits, indices),
    y: tf.cast(tf.oneHot(labels, 10), "float32"),
  };
}

const { train, test } = await loadMnist();
const [seen, unseen] = [first(1000, train), first(1000, test)];
const model = convnet();
await model.fit(seen.x, seen.y, {
  epochs: 4,
  batchSize: 32,
  shuffle: false,
  verbose: 0,
});
const [, accuracy] = model.evaluate(unseen.x, unseen.y) as tf.Scalar[];
console.log(accuracy!.dataSync()[0]);
