import {
  cutEqually,
  cutFairly,
  fairly,
  type PieceCut,
} from "../threads/pieces.ts";
import { tileRows } from "./tile_size.ts";

/**
 * Blocks of pixels that stay in the cache, in whole tiles.
 *
 * @param channels Of a pixel.
 */
export function cutPixels(rows: number, channels: number): PieceCut {
  const most = Math.min(1020, Math.max(240, 3 * 2 ** 16 / channels));
  return cutFairly(rows, most, tileRows);
}

/** How a product whose rows are channels, summed over pixels, is cut. */
export interface PixelSumCut {
  /** Pixels of a piece. Its sums are a part, and parts are added up in order. */
  parts: PieceCut;
  /** Channels of a piece. */
  slices: PieceCut;
}

/**
 * Cuts sums over pixels into pieces of about a millisecond. Few pixels are cut by
 * channels too, which takes more time: each slice packs what it is multiplied with.
 *
 * @param columns What each channel is multiplied with.
 */
export function cutSums(
  pixels: number,
  channels: number,
  columns: number,
): PixelSumCut {
  const wanted = pixels * channels * columns / pieceProducts;
  const held = Math.floor(mostHeld / (channels * columns));
  const most = Math.min(fairly(wanted), 16, held, Math.floor(pixels / 192));
  const parts = cutEqually(pixels, most < 4 ? 1 : most);
  const slices = Math.min(fairly(wanted / parts.pieces), channels / 84);
  return {
    parts,
    slices: cutEqually(channels, Math.ceil(slices), tileRows),
  };
}

/** Multiplications of a piece: some milliseconds without wide vectors. */
export const pieceProducts = 2 ** 25;
/** Floats that the sums of all parts may take. */
export const mostHeld = 2 ** 21;
