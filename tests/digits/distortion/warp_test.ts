import fc from "fast-check";
import { warpImage } from "../../../lib/digits/distortion/warp.ts";
import { assert, assertEquals } from "../../assert.ts";

/** An image and a position for each pixel of a new one of its size. */
const warps = fc
  .record({
    height: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 6 }),
  })
  .chain(({ height, width }) => {
    const length = { minLength: height * width, maxLength: height * width };
    const positions = (side: number) =>
      fc.array(
        // Halves and quarters often fall on pixels and on the image's edge.
        fc.integer({ min: -8, max: 4 * side + 8 }).map((n) => n / 4),
        length,
      );
    return fc.record({
      size: fc.constant({ height, width }),
      source: fc.uint8Array(length),
      rows: positions(height),
      columns: positions(width),
    });
  });

function warp({ size, source, rows, columns }: {
  size: { height: number; width: number };
  source: Uint8Array;
  rows: number[];
  columns: number[];
}): Uint8Array {
  const target = new Uint8Array(source.length).fill(77);
  warpImage(source, target, size, {
    rows: Float32Array.from(rows),
    columns: Float32Array.from(columns),
  });
  return target;
}

Deno.test("warpImage() weighs every pixel by its nearness, as the definition says", () => {
  fc.assert(fc.property(warps, (given) => {
    const { size: { height, width }, source, rows, columns } = given;
    const near = (a: number, b: number) => Math.max(0, 1 - Math.abs(a - b));
    const expected = rows.map((row, i) => {
      let sum = 0;
      for (let r = 0; r < height; r++) {
        for (let c = 0; c < width; c++) {
          sum += source[r * width + c]! * near(row, r) * near(columns[i]!, c);
        }
      }
      return Math.round(sum);
    });
    assertEquals([...warp(given)], expected);
  }));
});

Deno.test("warpImage() copies an image whose pixels stay where they are", () => {
  fc.assert(fc.property(warps, ({ size, source }) => {
    const rows = [...source.keys()].map((i) => Math.floor(i / size.width));
    const columns = [...source.keys()].map((i) => i % size.width);
    assertEquals(warp({ size, source, rows, columns }), source);
  }));
});

Deno.test("warpImage() stays within the values of the image and 0", () => {
  fc.assert(fc.property(warps, (given) => {
    const largest = Math.max(...given.source);
    assert(warp(given).every((value) => value <= largest));
  }));
});
