/**
 * The sizes of a tile, and where the constant addresses of the micro-kernels
 * lie.
 *
 * @module
 */

/**
 * Rows of a full tile. With two vectors of columns its sums take 12 of the 16
 * vector registers of x86: vectors of four floats, or of eight where V8's
 * revectorizer pairs two instructions into one.
 */
export const tileRows = 6;
/** Columns of a tile: two vectors of four floats, or two pairs of them. */
export type TileColumns = 8 | 16;
/** The most k steps of one sweep: a packed panel is 2 or 4 KiB. */
export const panelDepth = 64;
/** k steps between two tests for the end; the rest run one by one. */
export const depthStep = 8;

/** The sum starts from C's present values instead of the bias. */
export const accumulate = 1;
/** Negative results become 0. */
export const rectify = 2;

/** Where the kernels' constant addresses lie. */
export interface TileArena {
  columns: TileColumns;
  /** `panelDepth` packed rows of B, then up to `depthStep − 1` more. */
  panel: number;
  /** The tile between the registers and C. */
  tile: number;
  /** One value a column, added by sweeps that do not accumulate. */
  bias: number;
}

/** Lays the arena out from an address that is a multiple of 64. */
export function layOutArena(
  address: number,
  columns: TileColumns,
): { arena: TileArena; bytes: number } {
  const rowBytes = columns * 4;
  const tile = address + (panelDepth + depthStep) * rowBytes;
  const bias = tile + tileRows * rowBytes;
  return {
    arena: { columns, panel: address, tile, bias },
    bytes: bias + rowBytes - address,
  };
}
