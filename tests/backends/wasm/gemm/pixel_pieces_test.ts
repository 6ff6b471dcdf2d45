import fc from "fast-check";
import {
  cutPixels,
  cutSums,
  mostHeld,
} from "../../../../lib/backends/wasm/gemm/pixel_pieces.ts";
import { tileRows } from "../../../../lib/backends/wasm/gemm/tile_size.ts";
import {
  type PieceCut,
  pieceOf,
} from "../../../../lib/backends/wasm/threads/pieces.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { assertCovers } from "../threads/pieces.ts";

const pixels = fc.oneof(fc.nat(40), fc.nat(100_000));
const channels = fc.integer({ min: 1, max: 2000 });

const piecesOf = (total: number, cut: PieceCut) =>
  Array.from({ length: cut.pieces }, (_, i) => pieceOf(total, cut, i));

Deno.test("cutPixels() holds each pixel once, in whole tiles of up to about a thousand", () => {
  fc.assert(fc.property(pixels, channels, (pixels, channels) => {
    const cut = cutPixels(pixels, channels);
    const pieces = piecesOf(pixels, cut);
    assertCovers(pieces, pixels);
    for (const { first } of pieces) assertEquals(first % tileRows, 0);
    assert(cut.size <= 1020, `${cut.size} pixels`);
    assert(pieces.length <= 1 || pixels > 240, "a piece is hardly worth it");
  }));
});

Deno.test("cutSums() holds each product of a pixel and a channel once", () => {
  fc.assert(fc.property(pixels, channels, channels, (pixels, channels, n) => {
    const { parts, slices } = cutSums(pixels, channels, n);
    assertCovers(piecesOf(pixels, parts), pixels);
    fc.pre(pixels > 0);
    const own = piecesOf(channels, slices);
    assertCovers(own, channels);
    for (const { first } of own) assertEquals(first % tileRows, 0);
  }));
});

Deno.test("cutSums() makes parts that are worth it and fit into memory", () => {
  fc.assert(
    fc.property(pixels, channels, channels, (pixels, channels, columns) => {
      const { parts, slices } = cutSums(pixels, channels, columns);
      fc.pre(parts.pieces > 1);
      assert(parts.pieces >= 4 && parts.pieces <= 16, `${parts.pieces} parts`);
      assert(parts.pieces * channels * columns <= mostHeld, "too large parts");
      assert(parts.size >= 192, `parts of ${parts.size} pixels`);
      assert(slices.pieces === 1 || slices.size >= 84 / 2);
    }),
    { numRuns: 1000 },
  );
});
