import { enlarge } from "../../../lib/digits/quality/enlarge.ts";
import { reducePixels } from "../../../lib/digits/quality/reduce_pixels.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";

const random = createRandom(1);
const noise = Uint8Array.from({ length: 2 * 784 }, () => random.integer(256));

Deno.test("reducePixels() shrinks by means and enlarges between centers", () => {
  // Four by four pixels of 28 are one of 7.
  const small = Float32Array.from({ length: 2 * 49 }, (_, place) => {
    const [row, column] = [Math.floor(place / 7), place % 7];
    let sum = 0;
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 4; x++) {
        sum += noise[(4 * row + y) * 28 + 4 * column + x]!;
      }
    }
    return sum / 16;
  });
  const large = enlarge(small, [2, 7, 7], [28, 28]);
  const expected = new Uint8ClampedArray(large.map((v) => Math.round(v)));
  assertEquals([...reducePixels(noise, [2, 28, 28], 7)], [...expected]);
});

Deno.test("reducePixels() to one pixel leaves one gray, to all of them the image", () => {
  const before = noise.slice();
  const gray = reducePixels(noise, [2, 28, 28], 1);
  assertEquals(new Set(gray.subarray(0, 784)).size, 1);
  assertEquals(reducePixels(noise, [2, 28, 28], 28), noise);
  assertEquals(noise, before);
});

Deno.test("reducePixels() refuses no pixels and images of another size", () => {
  assertThrows(
    () => reducePixels(noise, [2, 28, 28], 0),
    RangeError,
    "Cannot reduce pixels: expected pixels to be a whole number from 1 to 4096, got 0",
  );
  assertThrows(
    () => reducePixels(noise, [1, 28, 28], 7),
    RangeError,
    "expected 1×28×28 values, got 1568",
  );
});

Deno.test("reducePixels() keeps the place and the amount of ink", () => {
  for (const n of [7, 10, 14, 20]) {
    const image = new Uint8Array(784);
    for (let y = 8; y < 22; y++) image.fill(200, y * 28 + 9, y * 28 + 17);
    const reduced = reducePixels(image, [1, 28, 28], n);
    const mass = (pixels: Uint8Array) => {
      const sum = pixels.reduce((a, b) => a + b);
      const x = pixels.reduce((a, b, i) => a + b * (i % 28), 0) / sum;
      const y = pixels.reduce((a, b, i) => a + b * Math.floor(i / 28), 0) / sum;
      return [sum / 1000, x, y];
    };
    mass(reduced).forEach((value, i) =>
      assertAlmostEquals(value, mass(image)[i]!, i === 0 ? 1 : 0.3)
    );
  }
});
