import type { Axis } from "../axes/axis.ts";

/** The two axes that a mark is drawn on, and the text's size and color. */
export interface Canvas {
  x: Axis;
  y: Axis;
  fontSize: number;
  ink: string;
}

/** Where a range of an axis begins and ends, in pixels, the lower first. */
export function pixels(
  axis: Axis,
  [from, to]: readonly [number, number],
): [number, number] {
  const [a, b] = [axis.at(from), axis.at(to)];
  return a < b ? [a, b] : [b, a];
}

/** The opacity as SVG has it, where it says something. */
export const opaque = (opacity: number) => opacity === 1 ? undefined : opacity;
