import type { Strokes } from "../../../lib/digits/strokes/strokes.ts";

/** A 3 and a 1, by hand. */
export const three: Strokes = [[
  [0.28, 0.24],
  [0.6, 0.16],
  [0.67, 0.35],
  [0.46, 0.47],
  [0.72, 0.7],
  [0.5, 0.86],
  [0.26, 0.76],
]];
export const one: Strokes = [[[0.5, 0.1], [0.5, 0.9]]];
