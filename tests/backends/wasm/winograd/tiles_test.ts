import fc from "fast-check";
import { scratchSlot } from "../../../../lib/backends/wasm/linking/scratch.ts";
import { tilePixels } from "../../../../lib/backends/wasm/winograd/matrices.ts";
import {
  pixelsOf,
  tileRuns,
  tileValues,
  tilingOf,
} from "../../../../lib/backends/wasm/winograd/tiles.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { wasmHost } from "../runtime/working_memory.ts";
import { assertCovers } from "../threads/pieces.ts";
import { upTo } from "../windows/geometries.ts";

const images = fc.record({
  address: fc.constant(0),
  count: fc.nat(60),
  height: fc.integer({ min: 1, max: 40 }),
  width: fc.integer({ min: 1, max: 40 }),
  channels: fc.constant(1),
});

const most = fc.integer({ min: 1, max: 200 });

Deno.test("tilingOf() covers each image, with a pixel of it in every tile", () => {
  fc.assert(fc.property(images, (images) => {
    const { rows, columns, count } = tilingOf(images);
    for (
      const [tiles, pixels] of [[rows, images.height], [columns, images.width]]
    ) {
      const starts = upTo(tiles!).map((tile) => tile * tilePixels);
      assert(starts.every((start) => start < pixels!), "an empty tile");
      assert(starts.at(-1)! + tilePixels >= pixels!, "a pixel without a tile");
    }
    assertEquals(count, images.count * rows * columns);
  }));
});

Deno.test("tileRuns() holds each tile once, in whole images or in whole rows of one", () => {
  const kinds = { images: 0, rows: 0 };
  fc.assert(
    fc.property(images, most, (images, most) => {
      const tiling = tilingOf(images);
      const { rows, columns } = tiling;
      const runs = tileRuns(tiling, most);
      const all = upTo(runs.count).map((i) => runs.run(i));
      assertCovers(all, tiling.count);
      const isOfImages = rows * columns <= most;
      const unit = isOfImages ? rows * columns : columns;
      for (const { first, count } of all) {
        assertEquals([first % unit, count % unit], [0, 0]);
        assert(count <= Math.max(most, columns), `${count} of ${most} tiles`);
        const last = first + count - 1;
        const image = (tile: number) => Math.floor(tile / (rows * columns));
        if (!isOfImages) assertEquals(image(first), image(last));
      }
      kinds[isOfImages ? "images" : "rows"]++;
    }),
    { numRuns: 300 },
  );
  assert(kinds.images > 0 && kinds.rows > 0, JSON.stringify(kinds));
});

Deno.test("pixelsOf() holds the pixels of all runs once, those of their own tiles", () => {
  fc.assert(fc.property(images, most, (images, most) => {
    const tiling = tilingOf(images);
    const runs = tileRuns(tiling, most);
    const { height, width, count } = images;
    const parts = upTo(runs.count).map((i) => {
      const run = runs.run(i);
      const pixels = pixelsOf(tiling, run, images);
      const { rows, columns } = tiling;
      for (const pixel of [pixels.first, pixels.first + pixels.count - 1]) {
        const y = Math.floor(pixel / width) % height;
        const image = Math.floor(pixel / (width * height));
        const tile = (image * rows + Math.floor(y / tilePixels)) * columns +
          Math.floor(pixel % width / tilePixels);
        assert(tile >= run.first && tile < run.first + run.count);
      }
      return pixels;
    });
    assertCovers(parts, count * height * width);
  }));
});

Deno.test("tileValues() keeps the places of a tile in different sets of the cache", async () => {
  const host = await wasmHost();
  const slot = scratchSlot("test values");
  fc.assert(fc.property(fc.nat(20_000), (size) => {
    const { address, stride } = tileValues(host, slot, size);
    assert(stride >= size * 4, "matrices overlap");
    assertEquals([address % 64, stride % 128], [0, 64]);
  }));
});
