import * as tf from "@tensorflow/tfjs";
import {
  augmentImages,
  distortions,
} from "../../../lib/digits/distortion/augment.ts";
import { imagesToTensor } from "../../../lib/digits/images.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { batchImages } from "../../../lib/training/step/batch_images.ts";
import { settle } from "../../../lib/training/settings/settings.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { stripes } from "../digits.ts";

const dataset = stripes(300, 3, 1);
// More than a byte can count.
const indices = Array.from({ length: 280 }, (_, i) => i + 20);

function valuesOf(images: tf.Tensor4D): Float32Array {
  const values = images.dataSync<"float32">();
  images.dispose();
  return values;
}

Deno.test("batchImages() takes images as they are, or distorted with these draws", async () => {
  await tf.setBackend("cpu");
  const held = tf.memory().numTensors;
  for (const binarize of [false, true]) {
    const plain = settle("quick", { augmentation: "none", binarize });
    const random = createRandom(1);
    assertEquals(
      valuesOf(batchImages(dataset, indices, plain, random)),
      valuesOf(imagesToTensor(dataset, indices, { binarize })),
    );
    assertEquals(random.state(), createRandom(1).state());
    for (const augmentation of ["affine", "elastic"] as const) {
      const distorted = augmentImages(dataset, indices, {
        ...distortions[augmentation],
        random: createRandom(1),
      });
      const settings = { ...plain, augmentation };
      assertEquals(
        valuesOf(batchImages(dataset, indices, settings, createRandom(1))),
        valuesOf(imagesToTensor(distorted, [...indices.keys()], { binarize })),
      );
    }
  }
  assertEquals(tf.memory().numTensors, held);
});

Deno.test("batchImages() draws on, so that no batch is distorted as the last", async () => {
  await tf.setBackend("cpu");
  const settings = settle("quick", { augmentation: "affine" });
  const random = createRandom(1);
  const [first, second] = [0, 1].map(() =>
    valuesOf(batchImages(dataset, [0], settings, random))
  );
  assert(first!.some((value, i) => value !== second![i]));
});

Deno.test("batchImages() refuses an augmentation that it does not know", () => {
  for (const name of ["wavy", "constructor", "__proto__"]) {
    const settings = { ...settle("quick"), augmentation: name as "affine" };
    assertThrows(
      () => batchImages(dataset, [0], settings, createRandom(1)),
      RangeError,
      `expected augmentation to be one of none, affine, elastic, got "${name}"`,
    );
  }
});
