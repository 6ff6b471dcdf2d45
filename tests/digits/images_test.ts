import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../lib/digits/dataset.ts";
import { type ImageOptions, imagesToTensor } from "../../lib/digits/images.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";
import fixture from "../fixtures/bicubic.json" with { type: "json" };

await tf.setBackend("cpu");

const digit = Uint8Array.from(fixture.digit.pixels);

/** A black image, TensorFlow's digit, and a white image. */
const dataset: Dataset = {
  images: new Uint8Array([
    ...new Uint8Array(784),
    ...digit,
    ...new Uint8Array(784).fill(255),
  ]),
  labels: new Uint8Array([0, 7, 1]),
  count: 3,
  height: 28,
  width: 28,
};

function read(indices: ArrayLike<number>, options?: ImageOptions) {
  const images = imagesToTensor(dataset, indices, options);
  const { shape, dtype } = images;
  const values = images.dataSync<"float32">();
  images.dispose();
  return { shape, dtype, values };
}

Deno.test("imagesToTensor() gives gray values of 0 to 1 in the order of the indices", () => {
  const { shape, dtype, values } = read([2, 1]);
  assertEquals(shape, [2, 28, 28, 1]);
  assertEquals(dtype, "float32");
  assert(values.subarray(0, 784).every((value) => value === 1));
  assertEquals(
    values.subarray(784),
    Float32Array.from(digit, (pixel) => pixel / 255),
  );
});

Deno.test("imagesToTensor() cuts at more than a half of the scale", () => {
  const { values } = read([1], { binarize: true });
  assertEquals([...values], [...digit].map((pixel) => pixel > 127 ? 1 : 0));
});

Deno.test("imagesToTensor() resizes to three equal channels like TensorFlow", () => {
  const { shape, values } = read([0, 1], { inputSize: 224 });
  assertEquals(shape, [2, 224, 224, 3]);
  const image = values.subarray(224 * 224 * 3);
  const { rows, resized } = fixture.digit;
  rows.forEach((y, i) => {
    for (let x = 0; x < 224; x++) {
      const pixel = image.subarray((y * 224 + x) * 3, (y * 224 + x + 1) * 3);
      const expected = resized[i * 224 + x]!;
      assert(pixel.every((value) => Math.abs(value - expected) < 1e-5));
    }
  });
});

Deno.test("imagesToTensor() cuts after the resize, as the original does", () => {
  const { values } = read([1], { inputSize: 224, binarize: true });
  assert(values.every((value) => value === 0 || value === 1));
  const ones = values.reduce((sum, value) => sum + value, 0);
  assertEquals(ones, 3 * fixture.digit.ones);
});

Deno.test("imagesToTensor() makes one tensor and changes no pixel of the dataset", () => {
  const before = [dataset.images.slice(), tf.memory().numTensors] as const;
  imagesToTensor(dataset, [1], { inputSize: 224, binarize: true }).dispose();
  assertEquals([dataset.images, tf.memory().numTensors] as const, before);
});

Deno.test("imagesToTensor() takes no images too", () => {
  assertEquals(read([]).shape, [0, 28, 28, 1]);
  assertEquals(read([], { inputSize: 224 }).shape, [0, 224, 224, 3]);
});

Deno.test("imagesToTensor() refuses indices outside of the dataset", () => {
  for (const options of [{}, { inputSize: 224 }] as const) {
    assertThrows(
      () => imagesToTensor(dataset, [0, 3], options),
      RangeError,
      "expected indices in [0, 3), got 3 at position 1",
    );
  }
});

Deno.test("imagesToTensor() refuses images and input sizes that do not fit", () => {
  const small = { ...dataset, height: 14, width: 56 };
  assertThrows(
    () => imagesToTensor(small, [0]),
    RangeError,
    "got 28 for 14×56",
  );
  assertThrows(
    () => imagesToTensor(dataset, [0], { inputSize: 32 as 28 }),
    RangeError,
    "expected inputSize to be one of 28, 224, got 32",
  );
});
