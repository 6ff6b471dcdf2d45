import fc from "fast-check";
import { resizeBicubic } from "../../../lib/digits/quality/bicubic.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import fixture from "../../fixtures/bicubic.json" with { type: "json" };

function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    assertAlmostEquals(actual[i]!, expected[i]!, tolerance);
  }
}

/** One output pixel, straight from its sixteen neighbours. */
function pixelOf(
  image: Float32Array,
  [height, width]: [number, number],
  [y, x]: [number, number],
): number {
  const clamp = (i: number, size: number) => Math.min(Math.max(i, 0), size - 1);
  let sum = 0;
  for (let i = Math.floor(y) - 1; i <= Math.floor(y) + 2; i++) {
    for (let j = Math.floor(x) - 1; j <= Math.floor(x) + 2; j++) {
      sum += cubic(y - i) * cubic(x - j) *
        image[clamp(i, height) * width + clamp(j, width)]!;
    }
  }
  return sum;
}

/** Keys' kernel with a = −0.75 as his paper writes it, without a table. */
function cubic(distance: number): number {
  const s = Math.abs(distance);
  if (s < 1) return 1.25 * s ** 3 - 2.25 * s ** 2 + 1;
  if (s < 2) return -0.75 * s ** 3 + 3.75 * s ** 2 - 6 * s + 3;
  return 0;
}

Deno.test("resizeBicubic() equals TensorFlow on random images", () => {
  for (const { shape, size, images, resized } of fixture.cases) {
    const actual = resizeBicubic(
      Float32Array.from(images),
      shape as [number, number, number],
      size as [number, number],
    );
    assertClose(actual, resized, 1e-5);
  }
});

Deno.test("resizeBicubic() equals TensorFlow on a digit at 224×224", () => {
  const { pixels, rows, resized, ones } = fixture.digit;
  const digit = Float32Array.from(pixels, (pixel) => pixel / 255);
  const actual = resizeBicubic(digit, [1, 28, 28], [224, 224]);
  const chosen = rows.flatMap((
    y,
  ) => [...actual.subarray(y * 224, (y + 1) * 224)]);
  assertClose(chosen, resized, 1e-5);
  assertEquals(actual.filter((value) => value > 0.5).length, ones);
});

Deno.test("resizeBicubic() follows the formula but for the table's rounding", () => {
  const random = createRandom(4);
  const [height, width, outHeight, outWidth] = [6, 9, 11, 20];
  const images = Float32Array.from({ length: 3 * 54 }, () => random.uniform());
  const actual = resizeBicubic(images, [3, height, width], [
    outHeight,
    outWidth,
  ]);
  actual.forEach((value, i) => {
    const [n, y, x] = [
      Math.floor(i / (outHeight * outWidth)),
      Math.floor(i / outWidth) % outHeight,
      i % outWidth,
    ];
    const expected = pixelOf(
      images.subarray(n * 54, (n + 1) * 54),
      [height, width],
      [y * (height - 1) / (outHeight - 1), x * (width - 1) / (outWidth - 1)],
    );
    assertAlmostEquals(value, expected, 2e-3);
  });
});

Deno.test("resizeBicubic() keeps corners, constants and images of the same size", () => {
  const side = fc.integer({ min: 2, max: 12 });
  fc.assert(
    fc.property(side, side, side, side, fc.nat(), (h, w, H, W, seed) => {
      const random = createRandom(seed % 2 ** 32);
      const image = Float32Array.from(
        { length: h * w },
        () => random.uniform(),
      );
      const resized = resizeBicubic(image, [1, h, w], [H, W]);
      assertAlmostEquals(resized[0]!, image[0]!, 1e-4);
      assertAlmostEquals(resized[W - 1]!, image[w - 1]!, 1e-4);
      assertAlmostEquals(resized.at(-1)!, image.at(-1)!, 1e-4);
      assertClose(resizeBicubic(image, [1, h, w], [h, w]), image, 1e-6);
      const flat = resizeBicubic(image.map(() => 0.25), [1, h, w], [H, W]);
      for (const value of flat) assertAlmostEquals(value, 0.25, 1e-6);
    }),
  );
});

Deno.test("resizeBicubic() resizes no images to none", () => {
  assertEquals(resizeBicubic(new Float32Array(), [0, 2, 2], [4, 4]).length, 0);
});

Deno.test("resizeBicubic() refuses empty sizes and a wrong number of values", () => {
  assertThrows(
    () => resizeBicubic(new Float32Array(4), [1, 2, 2], [0, 4]),
    RangeError,
    "expected numbers as the size to be a whole number from 1 to 16777216 each, got 0 at 0",
  );
  assertThrows(
    () => resizeBicubic(new Float32Array(5), [1, 2, 2], [4, 4]),
    RangeError,
    "expected 1×2×2 values, got 5",
  );
});
