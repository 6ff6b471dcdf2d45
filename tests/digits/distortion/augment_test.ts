import fc from "fast-check";
import {
  augmentImages,
  type Distortion,
} from "../../../lib/digits/distortion/augment.ts";
import type { Dataset } from "../../../lib/digits/dataset.ts";
import { selectImages } from "../../../lib/digits/select_images.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

const none: Distortion = {
  rotation: 0,
  shift: 0,
  scale: 0,
  shear: 0,
  elastic: 0,
};
const usual: Distortion = {
  rotation: 10,
  shift: 0.07,
  scale: 0.1,
  shear: 0.1,
  elastic: 0,
};

/** Ink in a block within a wide margin, a different block in each image. */
function blocks(count: number): Dataset {
  const images = new Uint8Array(count * 28 * 28);
  for (let i = 0; i < count; i++) {
    for (let row = 9; row < 19 - i % 3; row++) {
      images.fill(200, i * 784 + row * 28 + 10, i * 784 + row * 28 + 18);
    }
  }
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  return { images, labels, count, height: 28, width: 28 };
}

function inkOf(
  images: Uint8Array,
): { sum: number; row: number; column: number } {
  let [sum, row, column] = [0, 0, 0];
  images.forEach((value, i) => {
    sum += value;
    row += value * Math.floor(i / 28);
    column += value * (i % 28);
  });
  return { sum, row: row / sum, column: column / sum };
}

const imageOf = ({ images }: Dataset, i: number) =>
  images.subarray(i * 784, (i + 1) * 784);

Deno.test("augmentImages() without a distortion selects images", () => {
  const dataset = blocks(7);
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: 6 })),
    fc.nat(),
    (indices, seed) => {
      const random = createRandom(seed);
      assertEquals(
        augmentImages(dataset, indices, { random, ...none }),
        selectImages(dataset, indices),
      );
    },
  ));
});

Deno.test("augmentImages() depends on the seed and leaves the dataset alone", () => {
  const dataset = blocks(4);
  const before = structuredClone(dataset);
  const make = (seed: number) =>
    augmentImages(dataset, [0, 1, 1], {
      random: createRandom(seed),
      ...usual,
    });
  assertEquals(make(1), make(1));
  const distorted = make(1);
  assert(distorted.images.some((value, i) => value !== make(2).images[i]));
  const [second, third] = [imageOf(distorted, 1), imageOf(distorted, 2)];
  assert(second.some((value, i) => value !== third[i]));
  assertEquals([...distorted.labels], [0, 1, 1]);
  assertEquals(dataset, before);
});

Deno.test("augmentImages() draws as often for an image, whatever the limits", () => {
  const dataset = blocks(2);
  const [some, other] = [createRandom(1), createRandom(1)];
  augmentImages(dataset, [0, 1], { random: some, ...none });
  augmentImages(dataset, [0, 1], { random: other, ...usual });
  assertEquals(some.state(), other.state());
});

Deno.test("augmentImages() moves the ink within the limits and keeps it", () => {
  const dataset = blocks(1);
  const shift = 0.1;
  const indices = new Array(300).fill(0);
  const random = createRandom(3);
  const moved = augmentImages(dataset, indices, { ...none, shift, random });
  const old = inkOf(dataset.images);
  const ways = [...indices.keys()].map((i) => {
    const { sum, row, column } = inkOf(imageOf(moved, i));
    assert(Math.abs(sum / old.sum - 1) < 0.01);
    return { down: row - old.row, right: column - old.column };
  });
  const limit = shift * 28;
  for (const direction of ["down", "right"] as const) {
    const all = ways.map((way) => way[direction]);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    assert(-1.01 * limit < least && least < -0.9 * limit);
    assert(0.9 * limit < most && most < 1.01 * limit);
  }
});

Deno.test("augmentImages() scales, turns and slants about the middle", () => {
  const dataset = blocks(1);
  const old = inkOf(dataset.images);
  const indices = new Array(200).fill(0);
  for (const part of [{ scale: 0.2 }, { rotation: 30 }, { shear: 0.3 }]) {
    const options = { ...none, ...part, random: createRandom(5) };
    const distorted = augmentImages(dataset, indices, options);
    const sums = [...indices.keys()].map((i) => {
      const { sum, row, column } = inkOf(imageOf(distorted, i));
      // The block's own middle is the image's.
      assert(Math.hypot(row - old.row, column - old.column) < 0.1);
      return sum / old.sum;
    });
    const [least, most] = [Math.min(...sums), Math.max(...sums)];
    if (part.scale) {
      assert(least > 0.63 && least < 0.75 && most < 1.45 && most > 1.3);
    } else {
      assert(least > 0.98 && most < 1.02);
    }
  }
});

Deno.test("augmentImages() bends lines", () => {
  const dataset = blocks(1);
  const options = { ...none, elastic: 1, random: createRandom(7) };
  const bent = augmentImages(dataset, [0], options).images;
  // The left edges of the block's rows, which were one below the other.
  const edges = Array.from({ length: 8 }, (_, i) => {
    const row = bent.subarray((10 + i) * 28, (11 + i) * 28);
    return row.findIndex((value) => value > 100);
  });
  assert(new Set(edges).size > 1);
  const sum = (images: Uint8Array) => images.reduce((a, b) => a + b);
  assert(Math.abs(sum(bent) / sum(dataset.images) - 1) < 0.5);
});

Deno.test("augmentImages() refuses limits and indices out of range", () => {
  const dataset = blocks(1);
  const refuses = (limits: Partial<Distortion>, message: string) =>
    assertThrows(
      () =>
        augmentImages(dataset, [0], {
          ...none,
          ...limits,
          random: createRandom(1),
        }),
      RangeError,
      message,
    );
  refuses(
    { rotation: NaN },
    "expected rotation to be a number of 0 or more, got NaN",
  );
  refuses({ shift: -1 }, "expected shift to be a number of 0 or more, got -1");
  refuses(
    { elastic: -1 },
    "expected elastic to be a number of 0 or more, got -1",
  );
  refuses(
    { scale: 1 },
    "expected scale to be a number of 0 or more and below 1, got 1",
  );
  refuses({ shear: "0.1" as never }, 'got "0.1"');
  assertThrows(
    () => augmentImages(dataset, [1], { random: createRandom(1), ...none }),
    RangeError,
    "expected indices in [0, 1), got 1",
  );
  assertThrows(
    () =>
      augmentImages(dataset, [0], { random: Math.random as never, ...none }),
    RangeError,
    "expected random to be a stream of createRandom, got a function",
  );
});
