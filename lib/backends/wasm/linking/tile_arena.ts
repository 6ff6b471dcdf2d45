/**
 * The sizes of a tile, and where the constant addresses of the micro-kernels
 * lie.
 *
 * @module
 */

/**
 * Rows of a full tile. With two vectors of columns its sums take 12 of the 16
 * vector registers of x86: vectors of four floats, or of eight where V8's
 * revectorizer pairs two instructions into one. Of ARM's 32, four vectors of
 * columns take 24.
 */
export const tileRows = 6;
/** Columns of a tile: two vectors of four floats, or two pairs of them. */
export type TileColumns = 8 | 16;
/** The most k steps of one sweep: a packed panel is 3 or 6 KiB. */
export const panelDepth = 96;
/** k steps between two tests for the end; the rest run one by one. */
export const depthStep = 8;

/** Where the kernels' constant addresses lie, in bytes from the arena's beginning. */
export interface TileArena {
  columns: TileColumns;
  /** `panelDepth` packed rows of B, then up to `depthStep − 1` more. */
  panel: number;
  /** The tile between the registers and C. */
  tile: number;
  /** How long it is. */
  bytes: number;
}

/** Lays out an arena, which begins at a multiple of 64. */
export function layOutArena(columns: TileColumns): TileArena {
  const rowBytes = columns * 4;
  const tile = (panelDepth + depthStep) * rowBytes;
  return { columns, panel: 0, tile, bytes: tile + tileRows * rowBytes };
}
