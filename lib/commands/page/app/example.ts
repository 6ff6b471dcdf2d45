import type { OpenStroke } from "../../../plots/drawing/draw_on_canvas.ts";

/** Points of a bow: its middle, how wide and high it is, and angles in degrees. */
function bow(
  [x, y]: [number, number],
  [wide, high]: [number, number],
  [from, to]: [number, number],
): OpenStroke {
  return Array.from({ length: 21 }, (_, k) => {
    const angle = (from + (to - from) * k / 20) * Math.PI / 180;
    return [x + wide * Math.cos(angle), y + high * Math.sin(angle)];
  });
}

/** The drawing that is there at first: a 3. */
export const example: OpenStroke[] = [[
  ...bow([0.47, 0.32], [0.18, 0.17], [-160, 82]),
  ...bow([0.48, 0.67], [0.22, 0.19], [-78, 155]),
]];
