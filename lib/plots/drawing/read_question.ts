import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import type { GrayPicture } from "../../digits/drawing/gray_picture.ts";
import { drawStrokes } from "../../digits/strokes/draw_strokes.ts";
import { inkOfPhotograph } from "../../digits/strokes/ink_of_photograph.ts";
import type { Strokes } from "../../digits/strokes/strokes.ts";

/** What a page asks about. */
export interface Question {
  /** White ink on black. */
  picture: GrayPicture;
  /** Under which name the drawing is to be enrolled, if it is. */
  name?: string;
}

const action = "read the drawing";

/** What a page posts of a picture is at most so high and wide. */
const longestSide = 160;

/**
 * Reads what a page has posted: strokes or a photograph, and a name.
 *
 * @throws {RangeError} If it is something else, or nothing is drawn.
 * @throws {SyntaxError} If the text is not JSON.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { picture } = readQuestion('{"strokes":[[[0.2,0.5],[0.8,0.5]]]}');
 * assert.equal(picture.pixels[70 * picture.width + 70], 255);
 * assert.throws(() => readQuestion('{"strokes":[]}'), RangeError);
 * ```
 */
export function readQuestion(text: string): Question {
  const given = optionsOf(action, JSON.parse(text)) as Record<string, unknown>;
  const { strokes, photograph, name } = given;
  if (name !== undefined && typeof name !== "string") {
    refuse(action, "a name as text", shown(name));
  }
  const picture = photograph === undefined
    ? drawStrokes(strokes as Strokes)
    : inkOfPhotograph(readPhotograph(photograph));
  return name === undefined ? { picture } : { picture, name };
}

function readPhotograph(given: unknown): GrayPicture {
  const { width, height, pixels } = optionsOf(
    action,
    given as object,
  ) as Record<string, unknown>;
  const side = { type: "integer", min: 1, max: longestSide } as const;
  checkValue(action, "the picture's width", width, side);
  checkValue(action, "the picture's height", height, side);
  if (typeof pixels !== "string") {
    refuse(action, "pixels in base64", shown(pixels));
  }
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.fromBase64(pixels);
  } catch {
    refuse(action, "pixels in base64", shown(pixels));
  }
  return { pixels: bytes, height: height as number, width: width as number };
}
