import { refuse } from "../../numeric/refuse.ts";
import { checkPicture, type GrayPicture } from "../drawing/gray_picture.ts";
import { withoutPaper } from "./paper.ts";
import { removeSpecks } from "./remove_specks.ts";

/** A difference of gray values that an eye takes for ink; a pencil has about 60. */
const leastContrast = 25;
/** Of the ink's own contrast: below the first all is paper, above the second all ink. */
const [paper, full] = [0.35, 0.75];
/** The shares of the pixels that a drawing covers, at least and at most. */
const [leastInk, mostInk] = [0.002, 0.4];

const action = "read a photograph";

/**
 * Makes white ink on black of a photograph of a drawing, on light or dark paper, in
 * uneven light. The photograph should show one drawing and paper around it.
 *
 * @param photograph Gray, 0 to 255. 160×160 pixels are enough.
 * @returns As large, 0 where there is paper.
 * @throws {RangeError} If it is no picture of at least 8×8 pixels, nothing stands out from the
 * paper, or too much does.
 *
 * @example A dark line on paper that gets darker to the right
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const pixels = Uint8Array.from(
 *   { length: 40 * 40 },
 *   (_, i) => i % 40 >= 18 && i % 40 < 21 ? 60 : 220 - i % 40,
 * );
 * const ink = inkOfPhotograph({ pixels, height: 40, width: 40 });
 * assert.deepEqual([...ink.pixels.subarray(16, 23)], [0, 0, 255, 255, 255, 0, 0]);
 * ```
 */
export function inkOfPhotograph(photograph: GrayPicture): GrayPicture {
  checkPicture(action, photograph);
  const { height, width } = photograph;
  if (Math.min(height, width) < 8) {
    refuse(action, "8×8 pixels or more", `${height}×${width}`);
  }
  const { rest, noise } = withoutPaper(photograph);
  // Ink is on one side of the paper, noise on both.
  const lean = rest.reduce((sum, value) => sum + value ** 3, 0);
  const strength = lean < 0 ? rest.map((value) => -value) : rest;
  const sorted = strength.toSorted();
  const contrast = sorted[Math.floor(0.995 * (sorted.length - 1))]!;
  if (contrast < Math.max(leastContrast, 5 * noise)) {
    refuse(
      action,
      "a drawing that stands out from its paper",
      `a contrast of ${Math.round(contrast)} of 255`,
    );
  }
  const pixels = Uint8Array.from(strength, (value) => {
    const share = (value / contrast - paper) / (full - paper);
    return Math.round(255 * Math.min(1, Math.max(0, share)));
  });
  const inked = pixels.reduce((sum, value) => sum + (value > 127 ? 1 : 0), 0) /
    pixels.length;
  if (inked < leastInk || inked > mostInk) {
    refuse(
      action,
      "one drawing with paper around it",
      `ink on ${(100 * inked).toFixed(1)} % of the picture`,
    );
  }
  return removeSpecks({ pixels, height, width }, 0.05);
}
