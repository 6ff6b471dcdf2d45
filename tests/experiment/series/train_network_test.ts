import * as tf from "@tensorflow/tfjs";
import { useThreads } from "../../../lib/backends/wasm/use_threads.ts";
import { degradeImages } from "../../../lib/experiment/series/degrade_images.ts";
import { measureNetwork } from "../../../lib/experiment/series/measure_network.ts";
import { trainNetwork } from "../../../lib/experiment/series/train_network.ts";
import { train } from "../../../lib/experiment/train.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { data, settings } from "./small.ts";

/** Rows of a network's last layer. */
const weightsOf = ({ weights }: tf.LayersModel) =>
  weights.slice(-2).map((each) => [...each.read().dataSync()]);

permittedTest(
  "trainNetwork() gives the weights of train(), with any number of threads",
  ["read"],
  async () => {
    const { steps, classesPerBatch, imagesPerClass, embeddingSize } = settings;
    const { model } = await train({
      preset: settings.preset,
      settings: {
        ...{ steps, classesPerBatch, imagesPerClass, embeddingSize },
        ...{ seed: 5, validateEvery: 0, threads: 1 },
      },
      data,
    });
    const expected = weightsOf(model);
    model.dispose();
    for (const threads of [1, 2]) {
      useThreads(threads);
      const trained = await trainNetwork(settings, 5, data);
      assertEquals(weightsOf(trained.model), expected);
      trained.model.dispose();
    }
  },
);

Deno.test("trainNetwork() trains on a part of the images, and refuses other parts", async () => {
  const whole = await trainNetwork(settings, 1, data);
  const part = await trainNetwork({ ...settings, trainingImages: 20 }, 1, data);
  assert(`${weightsOf(whole.model)}` !== `${weightsOf(part.model)}`);
  // Centroids are drawn from all of them.
  assertEquals(part.data.train.count, 1100);
  whole.model.dispose();
  part.model.dispose();
  for (const trainingImages of [25, 1110]) {
    await assertRejects(
      () => trainNetwork({ ...settings, trainingImages }, 1, data),
      RangeError,
      "Cannot choose training images: expected all 1100 training images, or fewer",
    );
  }
});

Deno.test("measureNetwork() measures the test images as a point says", async () => {
  const before = tf.memory().numTensors;
  const trained = await trainNetwork(settings, 1, data);
  const measure = await measureNetwork(trained);
  const plain = await measure({ value: 0 });
  assertEquals(plain, await measure({ value: "pixels-784", pixels: 784 }));
  assertEquals([plain.seed, plain.imagesSeen, plain.far], [1, 8, 1e-3]);
  const bad = await measure({ value: "pixels-4", pixels: 4 });
  assert(bad.spread !== plain.spread);
  trained.model.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("degradeImages() leaves the dataset as it is", () => {
  const { test } = data;
  const kept = test.images.slice();
  const jpeg = degradeImages(test, { jpegQuality: 5 });
  const few = degradeImages(test, { pixels: 49 });
  assertEquals(test.images, kept);
  assertEquals([jpeg.count, few.labels], [test.count, test.labels]);
  assert(`${jpeg.images}` !== `${kept}` && `${few.images}` !== `${kept}`);
  assertEquals(degradeImages(test, {}).images, kept);
});
