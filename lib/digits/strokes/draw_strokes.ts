import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { drawPaths } from "../drawing/draw_paths.ts";
import type { GrayPicture } from "../drawing/gray_picture.ts";
import { checkStrokes, type Strokes } from "./strokes.ts";

/** With what strokes are drawn. */
export interface PenOptions {
  /** How wide the pen is, in shares of the sheet's side; 0.08 by default. */
  width?: number;
}

/** The pen of MNIST, for a digit that fills most of the sheet. */
export const usualPen = 0.08;

/** Height and width of the picture. Enough: 20 pixels are what is left of them. */
const size = 140;

const action = "draw strokes";

/**
 * Draws strokes as a picture of 140×140 pixels, white ink on black, with a round pen.
 *
 * @throws {RangeError} If they are no strokes, there is no point, all that is
 * drawn is a dot, or the pen's width is out of range.
 *
 * @example A line from left to right
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { pixels, width } = drawStrokes([[[0.1, 0.5], [0.9, 0.5]]]);
 * assert.deepEqual([pixels[70 * width + 70], pixels[20 * width + 70]], [255, 0]);
 * assert.throws(() => drawStrokes([]), {
 *   message: "Cannot draw strokes: expected a drawing, got an empty sheet",
 * });
 * ```
 */
export function drawStrokes(
  strokes: Strokes,
  options: PenOptions = {},
): GrayPicture {
  const { width: pen = usualPen } = optionsOf(action, options);
  checkValue(action, "the pen's width", pen, {
    type: "number",
    above: 0,
    max: 0.5,
  });
  checkStrokes(action, strokes);
  const points = strokes.flat();
  if (points.length === 0) refuse(action, "a drawing", "an empty sheet");
  const across = (axis: 0 | 1) => {
    const values = points.map((point) => point[axis]);
    return Math.max(...values) - Math.min(...values);
  };
  // Scaled to the size of a digit, a dot would become a large spot.
  if (Math.max(across(0), across(1)) < 2 * pen) {
    refuse(action, "a line longer than two widths of the pen", "a dot");
  }
  const paths = strokes.map((stroke) =>
    stroke.map(([x, y]) => [size * x, size * y] as const)
  );
  return drawPaths(paths, { size, pen: size * pen });
}
