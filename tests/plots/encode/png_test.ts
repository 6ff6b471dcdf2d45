import fc from "fast-check";
import { encodePng, type Picture } from "../../../lib/plots/encode/png.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { readPng } from "./png_reader.ts";

const pictures = fc.record({
  height: fc.integer({ min: 1, max: 12 }),
  width: fc.integer({ min: 1, max: 12 }),
  channels: fc.constantFrom<1 | 3>(1, 3),
}).chain((shape) => {
  const length = shape.height * shape.width * shape.channels;
  return fc.uint8Array({ minLength: length, maxLength: length })
    .map((pixels): Picture => ({ ...shape, pixels: pixels.slice() }));
});

Deno.test("encodePng() writes a file that gives the picture back", () => {
  fc.assert(fc.property(pictures, (picture) => {
    assertEquals(readPng(encodePng(picture)), picture);
  }));
});

Deno.test("encodePng() refuses pixels that do not fit the shape", () => {
  const shape = { height: 2, width: 2, channels: 1 } as const;
  assertThrows(
    () => encodePng({ ...shape, pixels: new Uint8Array(5) }),
    RangeError,
    "expected 2 × 2 × 1 values and at least one, got 5",
  );
  assertThrows(
    () => encodePng({ ...shape, height: 0, pixels: new Uint8Array(0) }),
    RangeError,
    "got 0",
  );
});
