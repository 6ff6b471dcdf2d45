import { encodePng } from "../encode/png.ts";
import type { PlotlyObject } from "../figures/figure.ts";
import type { Tiles } from "../figures/mosaic.ts";
import { round } from "../figures/numbers.ts";
import { colors } from "../figures/style.ts";

/** A place in the drawing, in pixels from its upper left corner. */
export type Pixel = readonly [number, number];

/** One of the tiles as a square picture around a place. */
export function picture(
  { pixels, height, width, channels }: Tiles,
  i: number,
  [x, y]: Pixel,
  side: number,
): PlotlyObject {
  const size = height * width * channels;
  const tile = {
    pixels: pixels.subarray(i * size, (i + 1) * size),
    height,
    width,
    channels,
  };
  const [dx, dy] = [side / width, side / height];
  return {
    type: "image",
    source: `data:image/png;base64,${encodePng(tile).toBase64()}`,
    // The centers of the outer pixels.
    x0: round(x - side / 2 + dx / 2, 6),
    y0: round(y - side / 2 + dy / 2, 6),
    dx: round(dx, 6),
    dy: round(dy, 6),
    hoverinfo: "skip",
  };
}

/** A line through places. */
export function line(
  places: readonly Pixel[],
  look: PlotlyObject = {},
): PlotlyObject {
  return {
    type: "scatter",
    mode: "lines",
    x: places.map(([x]) => round(x)),
    y: places.map(([, y]) => round(y)),
    line: { color: colors.muted, width: 1.5, ...look },
    hoverinfo: "skip",
  };
}

/** Places on an ellipse; a circle where both radii are one. */
export function ellipse(
  [x, y]: Pixel,
  [across, down]: readonly [number, number],
): Pixel[] {
  return Array.from({ length: 73 }, (_, i) => {
    const angle = i * Math.PI / 36;
    return [x + across * Math.cos(angle), y + down * Math.sin(angle)];
  });
}

/** A box between two corners. */
export function box(
  [x0, y0]: Pixel,
  [x1, y1]: Pixel,
  look: PlotlyObject = {},
): PlotlyObject {
  const line = { color: colors.blue, width: 1.5 };
  const fillcolor = "#eaf3fb";
  return {
    type: "rect",
    ...{ x0, y0, x1, y1 },
    line,
    fillcolor,
    layer: "below",
    ...look,
  };
}

/** A text around a place. */
export function note(
  text: string,
  [x, y]: Pixel,
  { color = colors.ink, size = 13 }: { color?: string; size?: number } = {},
): PlotlyObject {
  return { text, x, y, showarrow: false, font: { color, size } };
}

/** An arrow from one place to another. */
export function arrow(
  [ax, ay]: Pixel,
  [x, y]: Pixel,
  color: string = colors.ink,
): PlotlyObject {
  const ends = { x: round(x), y: round(y), ax: round(ax), ay: round(ay) };
  return {
    text: "",
    ...ends,
    axref: "x",
    ayref: "y",
    showarrow: true,
    arrowcolor: color,
    arrowwidth: 1.5,
    arrowhead: 2,
  };
}
