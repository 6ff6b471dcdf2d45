import type { Geometry } from "../windows/geometry.ts";

/** Output pixels side by side that see the image, not padding, with one tap. */
export interface PixelRun {
  /** The input pixel that the first of them sees, counted from the batch's. */
  input: number;
  /** The first of them, counted from the batch's first. */
  output: number;
  /** Which of the filter's taps. */
  tap: number;
  /** How many there are. */
  count: number;
}

/** Visits every run of one row of the output, tap by tap. */
export function eachRun(
  info: Geometry,
  image: number,
  y: number,
  visit: (run: PixelRun) => void,
): void {
  const { inHeight, inWidth, outHeight, outWidth, strideWidth } = info;
  for (let tapY = 0; tapY < info.filterHeight; tapY++) {
    const row = y * info.strideHeight + tapY * info.dilationHeight -
      info.padInfo.top;
    if (row < 0 || row >= inHeight) continue;
    for (let tapX = 0; tapX < info.filterWidth; tapX++) {
      const left = tapX * info.dilationWidth - info.padInfo.left;
      const first = Math.max(Math.ceil(-left / strideWidth), 0);
      const last = Math.floor((inWidth - 1 - left) / strideWidth);
      const count = Math.min(last, outWidth - 1) - first + 1;
      if (count <= 0) continue;
      visit({
        input: (image * inHeight + row) * inWidth + first * strideWidth + left,
        output: (image * outHeight + y) * outWidth + first,
        tap: tapY * info.filterWidth + tapX,
        count,
      });
    }
  }
}
