/** Where each pixel of a new image comes from in the old one. */
export interface Positions {
  /** From the top, in pixels; 0 is the centre of the first row. */
  rows: Float32Array;
  /** From the left, likewise. */
  columns: Float32Array;
}

/** A picture's size in pixels. */
export interface Size {
  height: number;
  width: number;
}

/**
 * Writes an image whose pixels are those at given positions of another, linear
 * between the four pixels around each, and 0 outside.
 *
 * @param source `[height, width]`, 0 to 255.
 * @param target As large; each of its pixels is set.
 *
 * @example The middle between two pixels
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const target = new Uint8Array(2);
 * warpImage(Uint8Array.of(100, 200), target, { height: 1, width: 2 }, {
 *   rows: Float32Array.of(0, 0),
 *   columns: Float32Array.of(0.5, 2),
 * });
 * assert.deepEqual([...target], [150, 0]);
 * ```
 */
export function warpImage(
  source: Uint8Array,
  target: Uint8Array,
  { height, width }: Size,
  { rows, columns }: Positions,
): void {
  const pixel = (row: number, column: number) =>
    row >= 0 && row < height && column >= 0 && column < width
      ? source[row * width + column]!
      : 0;
  for (let i = 0; i < target.length; i++) {
    const row = Math.floor(rows[i]!);
    const column = Math.floor(columns[i]!);
    const down = rows[i]! - row;
    const right = columns[i]! - column;
    const above = pixel(row, column) * (1 - right) +
      pixel(row, column + 1) * right;
    const below = pixel(row + 1, column) * (1 - right) +
      pixel(row + 1, column + 1) * right;
    target[i] = Math.round(above * (1 - down) + below * down);
  }
}
