import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { embedImages } from "../../lib/evaluation/embeddings/embed_images.ts";
import { networkEmbed } from "../../lib/nn2/embed.ts";
import { createNN2 } from "../../lib/nn2/model.ts";
import { assertEquals, assertRejects, assertThrows } from "../assert.ts";

const expected = "expected images of shape [any, 28, 28, 1], got";
const wrong: [shape: number[], message: string][] = [
  [[8, 28, 28, 3], `${expected} [8, 28, 28, 3]`],
  [[8, 224, 224, 3], `${expected} [8, 224, 224, 3]`],
  [[8, 28, 29, 1], `${expected} [8, 28, 29, 1]`],
  [[28, 28, 1], `${expected} [28, 28, 1]`],
  [[8, 784], `${expected} [8, 784]`],
  [[], `${expected} []`],
  [[0, 28, 28, 1], "expected at least one image, got [0, 28, 28, 1]"],
];

const noNumbers = "expected images of float32, int32, bool, got string";
const text = () =>
  tf.tensor4d(Array(28 * 28).fill("a"), [1, 28, 28, 1], "string");

Deno.test("networkEmbed() refuses images that do not fit", async () => {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 3, seed: 1 });
  const embed = networkEmbed(model);
  const right = tf.ones<tf.Rank.R4>([2, 28, 28, 1]);
  const before = embed(right).arraySync();
  for (const [shape, message] of wrong) {
    const images = tf.ones<tf.Rank>(shape) as tf.Tensor4D;
    const { numTensors } = tf.memory();
    assertThrows(() => embed(images), RangeError, message);
    assertEquals(tf.memory().numTensors, numTensors);
    images.dispose();
  }
  const words = text();
  assertThrows(() => embed(words), RangeError, noNumbers);
  words.dispose();
  assertEquals(embed(right).arraySync(), before);
  model.dispose();
});

Deno.test("embedImages() refuses a network of another size, and leaves nothing", async () => {
  await useBackend("wasm");
  const digits = {
    images: new Uint8Array(3 * 28 * 28),
    labels: new Uint8Array(3),
    ...{ count: 3, height: 28, width: 28 },
  };
  const sizes = [[28, 224], [224, 28]] as const;
  for (const [own, given] of sizes) {
    const model = createNN2({ inputSize: own, embeddingSize: 3, seed: 1 });
    const { numTensors } = tf.memory();
    const embed = networkEmbed(model);
    const run = () =>
      embedImages(embed, digits, [0, 1, 2], { inputSize: given });
    const message = `expected images of shape [any, ${own}, ${own}, `;
    await assertRejects(run, RangeError, message);
    assertEquals(tf.memory().numTensors, numTensors);
    model.dispose();
  }
});
