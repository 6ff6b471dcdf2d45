import fc from "fast-check";
import { coverage } from "../../../lib/digits/quality/coverage.ts";
import { shrinkByArea } from "../../../lib/digits/quality/shrink_by_area.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

const side = fc.integer({ min: 1, max: 12 });

Deno.test("shrinkByArea() keeps the mean of an image", () => {
  fc.assert(
    fc.property(side, side, side, fc.nat(), (height, width, n, seed) => {
      const image = Float32Array.from(
        { length: height * width },
        (_, i) => (seed + 37 * i * i) % 256,
      );
      const small = shrinkByArea(image, [1, height, width], n);
      assertEquals(small.length, n * n);
      const mean = (list: Float32Array) =>
        list.reduce((sum, value) => sum + value) / list.length;
      assertAlmostEquals(mean(small), mean(image), 1e-3);
    }),
  );
});

Deno.test("shrinkByArea() is the mean of each pixel written out very large", () => {
  const image = Float32Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90);
  // Three pixels of a side written as six are two of three each.
  const large = (y: number, x: number) =>
    image[3 * Math.floor(y / 2) + Math.floor(x / 2)]!;
  const expected = [0, 1, 2, 3].map((place) => {
    let sum = 0;
    for (let k = 0; k < 9; k++) {
      const y = 3 * (place >> 1) + Math.floor(k / 3);
      sum += large(y, 3 * (place & 1) + k % 3);
    }
    return sum / 9;
  });
  shrinkByArea(image, [1, 3, 3], 2).forEach((value, place) =>
    assertAlmostEquals(value, expected[place]!, 1e-4)
  );
});

Deno.test("coverage() gives shares that add up to one where the side is full", () => {
  fc.assert(fc.property(side, side, (size, pixels) => {
    const all = coverage(size, pixels / size);
    assertEquals(all.length, pixels);
    for (const { shares } of all) {
      assertAlmostEquals(shares.reduce((a, b) => a + b), 1, 1e-9);
    }
  }));
});
