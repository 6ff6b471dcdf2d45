import fc from "fast-check";
import { scratchSlot } from "../../../../lib/backends/wasm/linking/scratch.ts";
import {
  type Grid,
  type Images,
  padImages,
  someImages,
  someRows,
  tabulatePixels,
  wholeGrid,
} from "../../../../lib/backends/wasm/windows/windows.ts";
import { assertEquals } from "../../../assert.ts";
import { normals } from "../../against_cpu.ts";
import { place, wasmHost } from "../runtime/working_memory.ts";
import { upTo } from "./geometries.ts";

const side = fc.integer({ min: 1, max: 7 });
const images: fc.Arbitrary<Images> = fc.record({
  address: fc.nat(1000).map((floats) => floats * 4),
  count: fc.nat(4),
  height: side,
  width: side,
  channels: side,
});
const grid: fc.Arbitrary<Grid> = fc.record({
  rows: fc.nat(6),
  columns: fc.nat(6),
  rowStep: side,
  columnStep: side,
  firstRow: fc.integer({ min: -3, max: 3 }),
  firstColumn: fc.integer({ min: -3, max: 3 }),
});

/** The addresses of a grid's pixels, `[image, row, column]`, by plain loops. */
const addressesOf = (images: Images, grid: Grid): number[][][] =>
  upTo(images.count).map((image) =>
    upTo(grid.rows).map((i) =>
      upTo(grid.columns).map((j) => {
        const row = grid.firstRow + i * grid.rowStep;
        const column = grid.firstColumn + j * grid.columnStep;
        const pixel = (image * images.height + row) * images.width + column;
        return images.address + pixel * images.channels * 4;
      })
    )
  );

Deno.test("tabulatePixels() has the address of each pixel of a grid once, in both orders", async () => {
  const host = await wasmHost();
  const slot = scratchSlot("test table");
  const read = (...given: [Images, Grid, "by image" | "by place"]) => {
    const [images, { rows, columns }] = given;
    const table = tabulatePixels(host, slot, ...given);
    const length = images.count * rows * columns;
    return [...host.integers().subarray(table / 4, table / 4 + length)];
  };
  const change = fc.constantFrom(
    ...Object.keys(wholeGrid({ height: 1, width: 1 })),
  );
  fc.assert(fc.property(images, grid, change, (images, any, changed) => {
    const whole = wholeGrid(images);
    const almostWhole = { ...whole, [changed]: any[changed as keyof Grid] };
    for (const grid of [any, whole, almostWhole]) {
      const addresses = addressesOf(images, grid);
      assertEquals(read(images, grid, "by image"), addresses.flat(2));
      const byPlace = upTo(grid.rows).flatMap((i) =>
        upTo(grid.columns).flatMap((j) =>
          addresses.map((image) => image[i]![j]!)
        )
      );
      assertEquals(read(images, grid, "by place"), byPlace);
    }
  }));
});

Deno.test("someImages() and someRows() are those of the whole", () => {
  const part = fc.tuple(fc.nat(5), fc.nat(5));
  fc.assert(
    fc.property(images, grid, part, part, (images, grid, some, rows) => {
      const expected = addressesOf({ ...images, count: 10 }, {
        ...grid,
        rows: 10,
      })
        .slice(some[0], some[0] + some[1])
        .map((image) => image.slice(rows[0], rows[0] + rows[1]));
      const actual = addressesOf(
        someImages(images, ...some),
        someRows(grid, ...rows),
      );
      assertEquals(actual, expected);
    }),
  );
});

Deno.test("wholeGrid() has an image's pixels as they lie in memory", () => {
  fc.assert(fc.property(images, (images) => {
    const { address, count, height, width, channels } = images;
    assertEquals(
      addressesOf(images, wholeGrid(images)).flat(2),
      upTo(count * height * width).map((i) => address + i * channels * 4),
    );
  }));
});

const border = fc.nat(4);
const padding = fc.record({
  top: border,
  bottom: border,
  left: border,
  right: border,
});

Deno.test("padImages() has zeros around the pixels of a band, and nothing else", async () => {
  const host = await wasmHost();
  fc.assert(
    fc.property(
      images,
      padding,
      fc.nat(),
      fc.nat(),
      (images, padding, ...at) => {
        const { count, height, width, channels } = images;
        const { values } = normals([count, height, width, channels], 1);
        const { address, read } = place(host, "images", values);
        const paddedHeight = padding.top + height + padding.bottom;
        const paddedWidth = padding.left + width + padding.right;
        const part = { first: at[0] % (count + 1), count: 0 };
        part.count = at[1] % (count - part.first + 1);
        const band = { first: at[1] % paddedHeight, count: 0 };
        band.count = 1 + at[0] % (paddedHeight - band.first);
        const padded = padImages(
          host,
          { ...images, address },
          padding,
          part,
          band,
        );
        read();
        const isPadded = paddedHeight + paddedWidth > height + width;
        assertEquals(padded.firstRow, isPadded ? band.first : 0);
        const shape = [padded.images.count, padded.images.width];
        assertEquals(shape, [part.count, paddedWidth]);
        const expected = upTo(part.count).flatMap((i) =>
          upTo(padded.images.height).flatMap((y) =>
            upTo(paddedWidth).flatMap((x) => {
              const row = padded.firstRow + y - padding.top;
              const column = x - padding.left;
              const isInside = row >= 0 && row < height && column >= 0 &&
                column < width;
              const pixel = ((part.first + i) * height + row) * width + column;
              return upTo(channels).map((channel) =>
                isInside ? values[pixel * channels + channel]! : 0
              );
            })
          )
        );
        const first = padded.images.address / 4;
        const floats = host.floats().subarray(first, first + expected.length);
        assertEquals([...floats], expected);
      },
    ),
  );
});
