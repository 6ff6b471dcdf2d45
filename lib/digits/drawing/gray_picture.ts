import { checkWhole } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkBytes } from "../files/check_bytes.ts";

/** One gray picture of any size. */
export interface GrayPicture {
  /** 0 (ground) to 255 (ink), `[height, width]`. */
  pixels: Uint8Array | Uint8ClampedArray;
  /** In pixels. */
  height: number;
  /** In pixels. */
  width: number;
}

/**
 * Refuses what is no gray picture.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If the pixels are not bytes, as many as the sizes say.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const picture = { pixels: new Uint8Array(5), height: 2, width: 3 };
 * assert.throws(() => checkPicture("look", picture), {
 *   message: "Cannot look: expected 6 bytes for 2×3 pixels, got 5",
 * });
 * ```
 */
export function checkPicture(action: string, picture: GrayPicture): void {
  const { pixels, height, width } = optionsOf(action, picture);
  checkWhole(action, "height", height, 1, 2 ** 24);
  checkWhole(action, "width", width, 1, 2 ** 24);
  checkBytes(action, pixels);
  if (pixels.length === height * width) return;
  const expected = `${height * width} bytes for ${height}×${width} pixels`;
  refuse(action, expected, `${pixels.length}`);
}
