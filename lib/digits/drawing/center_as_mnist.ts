import { checkWhole } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { findInk } from "./find_ink.ts";
import { checkPicture, type GrayPicture } from "./gray_picture.ts";
import { scaleInk } from "./scale_ink.ts";

/** What counts as ink when a drawing is centered. */
export interface CenterOptions {
  /** Pixels of at most this value are ground and become 0. 0 if left out. */
  background?: number;
}

const action = "center a drawing";
const [side, longest] = [28, 20];

/**
 * Makes the image of 28×28 pixels that MNIST would hold of a drawing: its ink is
 * scaled, with the same factor in both directions, until its longer side has 20
 * pixels, and moved by whole pixels until its center of mass lies in the pixel in
 * row 14 and column 14, counted from 0. Ink that would leave the image by that
 * stays at its edge.
 *
 * MNIST's own images come back as they are, as they have been through it.
 *
 * @param picture White ink on black, with a margin.
 * @returns `[28, 28]`, 0 to 255.
 * @throws {RangeError} If the pixels are not bytes, as many as the sizes say, there
 * is no ink or too little of it to be seen, or more than half of the picture's border is ink, as in a photograph
 * of black ink on white paper.
 *
 * Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits",
 * and its images: all centers of mass but two are in [13.5, 14.5).
 *
 * @example A square of 40 pixels in a corner
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const picture = { pixels: new Uint8Array(100 * 100), height: 100, width: 100 };
 * for (let row = 0; row < 40; row++) picture.pixels.fill(255, row * 100, row * 100 + 40);
 * const image = centerAsMnist(picture);
 * const row = image.subarray(14 * 28, 15 * 28);
 * assert.deepEqual([row[3], row[4], row[23], row[24]], [0, 255, 255, 0]);
 * ```
 */
export function centerAsMnist(
  picture: GrayPicture,
  options: CenterOptions = {},
): Uint8Array {
  const { background = 0 } = optionsOf(action, options);
  checkWhole(action, "background", background, 0, 254);
  checkPicture(action, picture);
  const box = findInk(picture, background);
  if (!box) refuse(action, "some ink", `none above ${background}`);
  checkBorder(picture, background);
  const scaled = scaleInk(picture, box, { longest, background });
  if (scaled.pixels.every((value) => value === 0)) {
    refuse(action, "some ink", "too little to be seen in 20×20 pixels");
  }
  const { row, column } = centerOfMass(scaled);
  const top = placed(row, scaled.height);
  const left = placed(column, scaled.width);
  const image = new Uint8Array(side * side);
  for (let y = 0; y < scaled.height; y++) {
    const from = scaled.pixels.subarray(
      y * scaled.width,
      (y + 1) * scaled.width,
    );
    image.set(from, (top + y) * side + left);
  }
  return image;
}

/** Where ink of a size starts, so that its center is in [13.5, 14.5). */
function placed(center: number, size: number): number {
  const start = Math.ceil(side / 2 - 0.5 - center);
  return Math.min(Math.max(start, 0), side - size);
}

/** Refuses ink all along the border: that is the paper, or there is no margin. */
function checkBorder(
  { pixels, height, width }: GrayPicture,
  background: number,
): void {
  let [border, ink] = [0, 0];
  for (let row = 0; row < height; row++) {
    const isEnd = row === 0 || row === height - 1;
    const step = isEnd ? 1 : Math.max(1, width - 1);
    for (let column = 0; column < width; column += step) {
      border++;
      if (pixels[row * width + column]! > background) ink++;
    }
  }
  if (2 * ink <= border) return;
  const share = `${Math.round(100 * ink / border)} % of the border`;
  refuse(
    action,
    "white ink on black with a margin",
    `values above ${background} in ${share}; turn black on white around with 255 − value, and raise \`background\` for gray paper`,
  );
}

function centerOfMass({ pixels, width }: GrayPicture) {
  let [mass, down, right] = [0, 0, 0];
  pixels.forEach((value, i) => {
    mass += value;
    down += value * Math.floor(i / width);
    right += value * (i % width);
  });
  return { row: down / mass, column: right / mass };
}
