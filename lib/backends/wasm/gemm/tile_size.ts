/**
 * The sizes of a tile and of a panel, and where they lie.
 *
 * @module
 */
import type { FixedBlock, Target } from "../asm/code.ts";

/**
 * Rows of a full tile. With two vectors of columns its sums take 12 of the 16
 * vector registers of x86: vectors of four floats, or of eight where V8's
 * revectorizer pairs two instructions into one. Of ARM's 32, four vectors of
 * columns take 24.
 */
export const tileRows = 6;
/** The most k steps of one sweep: a packed panel is 3 or 6 KiB. */
export const panelDepth = 96;
/** k steps between two tests for the end; the rest run one by one. */
export const depthStep = 8;

/** The most columns that a tile has. */
const mostColumns = 16;
/** Columns of a tile: two vectors of four floats, or two pairs of them. */
export const tileColumns = ({ vectorRegisters }: Target): number =>
  vectorRegisters / 2;

/** `panelDepth` packed rows of B, then up to `depthStep − 1` more. */
export const panel: FixedBlock = {
  name: "panel",
  fixedBytes: 4 * mostColumns * (panelDepth + depthStep),
};
/** The tile between the registers and C. */
export const tile: FixedBlock = {
  name: "tile",
  fixedBytes: 4 * mostColumns * tileRows,
};
