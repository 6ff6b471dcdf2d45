import { type Dataset, pairDataset } from "../../lib/digits/dataset.ts";
import { checkIndices, selectImages } from "../../lib/digits/select_images.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const dataset: Dataset = {
  images: new Uint8Array([1, 2, 3, 4, 5, 6]),
  labels: new Uint8Array([7, 8, 9]),
  count: 3,
  height: 1,
  width: 2,
};

Deno.test("pairDataset() takes over the shape and the data", () => {
  const { images, labels } = dataset;
  const paired = pairDataset(
    { shape: [3, 1, 2], data: images },
    { shape: [3], data: labels },
  );
  assertEquals(paired, dataset);
});

Deno.test("pairDataset() refuses counts that differ", () => {
  assertThrows(
    () =>
      pairDataset(
        { shape: [3, 1, 2], data: dataset.images },
        { shape: [2], data: dataset.labels.subarray(1) },
      ),
    RangeError,
    "expected 3 labels for 3 images, got labels of shape [2]",
  );
});

Deno.test("pairDataset() refuses images and labels of other dimensions", () => {
  const labels = { shape: [3], data: dataset.labels };
  for (const shape of [[3], [3, 2], [3, 1, 2, 1]]) {
    assertThrows(
      () => pairDataset({ shape, data: dataset.images }, labels),
      RangeError,
      `expected images of 3 dimensions, got shape [${shape}]`,
    );
  }
  const images = { shape: [3, 1, 2], data: dataset.images };
  assertThrows(
    () => pairDataset(images, { shape: [3, 1], data: dataset.labels }),
    RangeError,
    "got labels of shape [3,1]",
  );
});

Deno.test("selectImages() copies images in the order of the indices", () => {
  const selected = selectImages(dataset, [2, 0, 2]);
  assertEquals(selected.images, new Uint8Array([5, 6, 1, 2, 5, 6]));
  assertEquals(selected.labels, new Uint8Array([9, 7, 9]));
  assertEquals(selected.count, 3);
  selected.images[0] = 100;
  assertEquals(dataset.images[4], 5);
});

Deno.test("checkIndices() refuses indices of no image", () => {
  checkIndices([], 0);
  checkIndices([0, 2, 2], 3);
  for (const index of [-1, 3, 0.5, NaN]) {
    assertThrows(
      () => checkIndices([0, index], 3),
      RangeError,
      `expected indices in [0, 3), got ${index} at position 1`,
    );
  }
});
