import type { Strokes } from "../../digits/strokes/strokes.ts";
import { element, short } from "../encode/svg.ts";
import { colors } from "../figures/style.ts";

/** The side of the sheet, in pixels. */
const side = 278;

/**
 * A pad as it is before it is touched, as SVG: the sheet with its strokes, and the
 * answer beside it.
 *
 * @param answer SVG of 640×500 pixels.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const svg = padPicture([[[0, 0], [1, 1]]], 0.08, "<svg/>");
 * assert.match(svg, /d="M8,8L286,286"/);
 * ```
 */
export function padPicture(
  strokes: Strokes,
  pen: number,
  answer: string,
): string {
  const at = ([x, y]: Strokes[number][number]) =>
    `${short(8 + x * side)},${short(8 + y * side)}`;
  const lines = strokes.map((stroke) =>
    element("path", {
      d: `M${stroke.map(at).join("L")}`,
      fill: "none",
      stroke: colors.ink,
      "stroke-width": pen * side,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    })
  );
  const sheet = element("rect", {
    x: 8,
    y: 8,
    width: side,
    height: side,
    fill: "white",
    stroke: colors.muted,
  });
  const [width, height] = [940, 500];
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    },
    element("rect", { width, height, fill: "white" }) + sheet +
      lines.join("") + element("g", { transform: "translate(300 0)" }, answer),
  );
}
