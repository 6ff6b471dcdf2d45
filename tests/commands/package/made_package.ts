/**
 * The npm package, made once for a test, and its files.
 *
 * @module
 */
import { join } from "node:path";
import { capture } from "../../../lib/commands/system/process.ts";
import { assert, assertEquals } from "../../assert.ts";
import { run } from "../run.ts";

/** Makes the package in a folder and unpacks it there: its file and its folder. */
export async function madePackage(folder: string) {
  const packed = join(folder, "package.tgz");
  const { code, stderr } = await run("package", "--out", packed);
  assertEquals([code, stderr], [0, ""]);
  const ended = await capture("tar", ["xzf", packed, "-C", folder]);
  assert(ended?.code === 0, ended?.stderr);
  return { packed, unpacked: join(folder, "package") };
}

/** Trains a small convnet and gives its losses as `losses`; needs a `tf`. */
export const training = `
const { layers } = tf;
const init = (seed) => tf.initializers.glorotUniform({ seed });
const model = tf.sequential({ layers: [
  layers.conv2d({
    inputShape: [12, 12, 3], filters: 8, kernelSize: 3, activation: "relu",
    kernelInitializer: init(1),
  }),
  layers.maxPooling2d({ poolSize: 2 }),
  layers.batchNormalization(),
  layers.flatten(),
  layers.dense({ units: 4, activation: "softmax", kernelInitializer: init(2) }),
] });
model.compile({
  optimizer: tf.train.adam(0.01),
  loss: "categoricalCrossentropy",
});
const x = tf.randomUniform([64, 12, 12, 3], 0, 1, "float32", 3);
const labels = tf.range(0, 64, 1, "int32").mod(tf.scalar(4, "int32"));
const fit = { epochs: 4, batchSize: 32, shuffle: false, verbose: 0 };
const losses = (await model.fit(x, tf.oneHot(labels, 4), fit)).history.loss;
`;

/** Whether losses are those of another backend, within 1e-3 of each. */
export function assertAlike(ours: number[], theirs: number[]): void {
  assertEquals(ours.length, 4);
  assert(
    ours.every((loss, i) => Math.abs(loss / theirs[i]! - 1) < 1e-3),
    `${ours}, expected ${theirs}`,
  );
}
