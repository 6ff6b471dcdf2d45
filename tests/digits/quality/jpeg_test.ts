import fc from "fast-check";
import { compressAsJpeg } from "../../../lib/digits/quality/compress_as_jpeg.ts";
import { jpegSteps } from "../../../lib/digits/quality/jpeg_steps.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import fixture from "../../fixtures/jpeg.json" with { type: "json" };

const bytes = (base64: string) =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

for (const { name, shape, images, cases } of fixture) {
  Deno.test(`compressAsJpeg() equals libjpeg on every pixel: ${name}`, () => {
    for (const { quality, reopened } of cases) {
      const [count, height, width] = shape as [number, number, number];
      assertEquals(
        compressAsJpeg(bytes(images), [count, height, width], quality),
        bytes(reopened),
        `quality ${quality}`,
      );
    }
  });
}

Deno.test("jpegSteps() are those that libjpeg writes into its files", () => {
  for (const { quality, steps } of fixture[0]!.cases) {
    assertEquals(jpegSteps(quality), steps, `quality ${quality}`);
  }
});

Deno.test("compressAsJpeg() treats each image alone and leaves them as they are", () => {
  const side = fc.integer({ min: 1, max: 20 });
  const quality = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(side, side, quality, fc.infiniteStream(fc.nat(255)), (
      height,
      width,
      quality,
      values,
    ) => {
      const size = height * width;
      const pair = Uint8Array.from([...values.take(2 * size)]);
      const before = pair.slice();
      const both = compressAsJpeg(pair, [2, height, width], quality);
      const each = [0, 1].flatMap((i) => [
        ...compressAsJpeg(
          pair.subarray(i * size, (i + 1) * size),
          [1, height, width],
          quality,
        ),
      ]);
      assertEquals([...both], each);
      assertEquals(pair, before);
    }),
    { numRuns: 30 },
  );
});

Deno.test("compressAsJpeg() at quality 100 is at most 2 off, and takes no images", () => {
  const { images, shape } = fixture[0]!;
  const [count, height, width] = shape as [number, number, number];
  const digits = bytes(images);
  const again = compressAsJpeg(digits, [count, height, width], 100);
  const farthest = Math.max(...again.map((v, i) => Math.abs(v - digits[i]!)));
  assert(farthest <= 2, `${farthest}`);
  assertEquals(compressAsJpeg(new Uint8Array(), [0, 8, 8], 50).length, 0);
});

Deno.test("compressAsJpeg() refuses other qualities, sizes and arrays", () => {
  const image = new Uint8Array(4);
  assertThrows(
    () => compressAsJpeg(image, [1, 2, 2], 0),
    RangeError,
    "Cannot find JPEG's steps: expected the quality to be a whole number from 1 to 100, got 0",
  );
  assertThrows(
    () => compressAsJpeg(image, [1, 2, 3], 50),
    RangeError,
    "Cannot compress images as JPEG: expected 1×2×3 values, got 4",
  );
  assertThrows(
    () => compressAsJpeg([0] as unknown as Uint8Array, [1, 1, 1], 50),
    RangeError,
    "expected images in a Uint8Array, got [0]",
  );
});
