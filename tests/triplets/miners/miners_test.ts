import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../../../lib/numeric/random.ts";
import { tripletLossAndGradient } from "../../../lib/triplets/losses/loss_and_gradient.ts";
import { mineTriplets } from "../../../lib/triplets/miners/mine.ts";
import { minerNames, miners } from "../../../lib/triplets/miners/miners.ts";
import { assert, assertEquals } from "../../assert.ts";
import * as oracle from "../oracle.ts";
import { drawingMiners } from "../miners.ts";

const labels = [0, 0, 0, 1, 1, 1, 2, 2];
const rows = labels.map((_, i) => [Math.cos(i * i), Math.sin(i * i)]);

for (const name of minerNames) {
  const { draws, description, source } = miners[name];

  Deno.test(`the row of ${name} says whether it draws, what it is and whose`, () => {
    const random = createRandom(1);
    const before = random.state();
    const distances = oracle.matrix(rows.length, oracle.squared(rows));
    const options = { margin: 4, random, embeddingSize: 2 };
    mineTriplets(name, distances, labels, options);
    const drew = `${random.state()}` !== `${before}`;
    assertEquals(drew, draws === true);
    assertEquals(drew, (drawingMiners as readonly string[]).includes(name));
    for (const text of [description, source]) {
      assert(text.length > 10 && !text.endsWith("."), text);
    }
  });

  Deno.test(`tripletLossAndGradient() by ${name} waits for no backend but wasm`, async () => {
    await tf.setBackend("cpu");
    const { dataSync } = tf.Tensor.prototype;
    tf.Tensor.prototype.dataSync = () => {
      throw new Error("read back");
    };
    try {
      const values = Float32Array.from(rows.flat());
      const points = { values, count: rows.length, size: 2 };
      const options = { margin: 4, random: createRandom(1) };
      const { loss } = tripletLossAndGradient(name, points, labels, options);
      assert(loss > 0);
    } finally {
      tf.Tensor.prototype.dataSync = dataSync;
    }
  });
}
