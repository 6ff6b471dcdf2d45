import type { Positions, Size } from "./warp.ts";

/**
 * How an image's content moves about the image's centre: it is scaled, slanted,
 * turned and shifted, in this order.
 */
export interface Affine {
  /** Radians, clockwise. */
  rotation: number;
  /** How far to the right the content slants for each pixel downwards. */
  shear: number;
  /** Factors by which the content grows. */
  scale: { down: number; right: number };
  /** Pixels. */
  shift: { down: number; right: number };
}

/**
 * Sets the positions that an affine map takes pixels from: its inverse, since
 * each new pixel looks for its place in the old image.
 *
 * @param positions Of `height · width` pixels.
 *
 * @example Content that moves to the right comes from the left
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const positions = { rows: new Float32Array(3), columns: new Float32Array(3) };
 * setAffinePositions(positions, { height: 1, width: 3 }, {
 *   rotation: 0,
 *   shear: 0,
 *   scale: { down: 1, right: 1 },
 *   shift: { down: 0, right: 1 },
 * });
 * assert.deepEqual([...positions.columns], [-1, 0, 1]);
 * ```
 */
export function setAffinePositions(
  { rows, columns }: Positions,
  { height, width }: Size,
  { rotation, shear, scale, shift }: Affine,
): void {
  const middle = { row: (height - 1) / 2, column: (width - 1) / 2 };
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  for (let row = 0, i = 0; row < height; row++) {
    const down = row - middle.row - shift.down;
    for (let column = 0; column < width; column++, i++) {
      const right = column - middle.column - shift.right;
      const straightDown = cos * down - sin * right;
      const straightRight = cos * right + sin * down - shear * straightDown;
      rows[i] = middle.row + straightDown / scale.down;
      columns[i] = middle.column + straightRight / scale.right;
    }
  }
}
