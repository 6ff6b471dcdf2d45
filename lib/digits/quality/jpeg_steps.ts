import { checkWhole } from "../../numeric/domain.ts";

/** For eyes at 100 % of this: the table for brightness in JPEG's standard. */
const standard = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
].flat();

/**
 * The steps that JPEG rounds the strengths of 64 waves to: the larger a step, the
 * more is lost. The upper left is the wave that does not change; to the right
 * waves get shorter from left to right, and down from top to bottom.
 *
 * @param quality 1 to 100. At 50 the steps are those of the standard, at 25
 * twice as large, at 75 half as large; at 100 all are 1.
 * @returns `[8, 8]`, whole numbers from 1 to 255.
 * @throws {RangeError} If the quality is not a whole number from 1 to 100.
 *
 * Source: ITU-T T.81 (1992), table K.1; the rule for the quality is the
 * Independent JPEG Group's, jpeg_quality_scaling() in libjpeg's jcparam.c.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(jpegSteps(50).slice(0, 4), [16, 11, 10, 16]);
 * assert.deepEqual(jpegSteps(10).slice(0, 4), [80, 55, 50, 80]);
 * ```
 */
export function jpegSteps(quality: number): number[] {
  checkWhole("find JPEG's steps", "the quality", quality, 1, 100);
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return standard.map((step) =>
    Math.min(Math.max(Math.floor((step * percent + 50) / 100), 1), 255)
  );
}
