import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  datasetTiles,
  enlarge,
  isImageLike,
  mosaic,
  tensorTiles,
} from "../../../lib/plots/figures/mosaic.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

await tf.setBackend("cpu");

const small = (min: number, max: number) => fc.integer({ min, max });

Deno.test("mosaic() puts every pixel where the layout says", () => {
  const cases = fc.record({
    count: small(1, 7),
    height: small(1, 4),
    width: small(1, 4),
    channels: fc.constantFrom<1 | 3>(1, 3),
    columns: small(1, 5),
    gap: small(0, 2),
    head: small(0, 3),
  });
  fc.assert(fc.property(cases, ({ columns, gap, head, ...shape }) => {
    const { count, height, width, channels } = shape;
    const pixels = Uint8Array.from(
      { length: count * height * width * channels },
      (_, i) => i % 251,
    );
    const made = mosaic({ ...shape, pixels }, { columns, gap, head });
    for (let y = 0; y < made.height; y++) {
      for (let x = 0; x < made.width; x++) {
        const tile = Math.floor(y / (height + head)) * columns +
          Math.floor(x / (width + gap));
        const row = y % (height + head) - head;
        const column = x % (width + gap);
        const inside = row >= 0 && column < width && tile < count;
        for (let c = 0; c < channels; c++) {
          const from = ((tile * height + row) * width + column) * channels + c;
          assertEquals(
            made.pixels[(y * made.width + x) * channels + c],
            inside ? pixels[from] : 255,
          );
        }
      }
    }
  }));
});

Deno.test("enlarge() repeats every pixel to the right and down", () => {
  const tiles = {
    pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    count: 2,
    height: 1,
    width: 2,
    channels: 3 as const,
  };
  const { pixels, height, width } = enlarge(tiles, 2);
  assertEquals([height, width], [2, 4]);
  const first = [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6];
  const second = [7, 8, 9, 7, 8, 9, 10, 11, 12, 10, 11, 12];
  assertEquals([...pixels], [...first, ...first, ...second, ...second]);
});

Deno.test("datasetTiles() takes the images of the indices, in their order", () => {
  const dataset = {
    images: Uint8Array.of(1, 2, 3, 4, 5, 6),
    labels: new Uint8Array(3),
    count: 3,
    height: 1,
    width: 2,
  };
  const { pixels, count } = datasetTiles(dataset, [2, 0]);
  assertEquals([...pixels], [5, 6, 1, 2]);
  assertEquals(count, 2);
  assertThrows(() => datasetTiles(dataset, [3]), RangeError, "got 3");
});

Deno.test("tensorTiles() maps [0, 1] to 255 levels and other ranges to their own", () => {
  const pixels = (values: number[]) => [
    ...tensorTiles(tf.tensor(values, [1, values.length, 1])).pixels,
  ];
  assertEquals(pixels([0, 0.5, 1]), [0, 128, 255]);
  assertEquals(pixels([0.25, 0.5]), [64, 128]);
  assertEquals(pixels([-1, 0, 1]), [0, 128, 255]);
  assertEquals(pixels([0, 255]), [0, 255]);
});

Deno.test("tensorTiles() refuses other shapes and values", () => {
  assertThrows(
    () => tensorTiles(tf.zeros([8, 8, 2])),
    RangeError,
    "expected images of shape [height, width, 1 or 3], got a tensor of shape [8, 8, 2]",
  );
  assertThrows(
    () => tensorTiles(tf.zeros([8, 8])),
    RangeError,
    "got a tensor of shape [8, 8]",
  );
  assertThrows(
    () => tensorTiles(tf.fill([8, 8, 1], NaN)),
    RangeError,
    "expected values to be a number each, got NaN at 0",
  );
});

Deno.test("isImageLike() tells images from matrices and small kernels", () => {
  const shapes = [[28, 28, 1], [5, 28, 28, 3], [10, 128], [3, 3, 64, 3], [
    28,
    28,
    2,
  ]];
  assertEquals(
    shapes.map((shape) => isImageLike(tf.zeros(shape))),
    [true, true, false, false, false],
  );
});
