import { encodePng, type Picture } from "../encode/png.ts";
import type { PlotlyObject } from "../figures/figure.ts";
import type { Box } from "./distance_bars.ts";

/** A picture as a trace, each of its pixels one unit of the axes. */
export function imageTrace(picture: Picture): PlotlyObject {
  const file = encodePng(picture);
  return {
    type: "image",
    source: `data:image/png;base64,${file.toBase64()}`,
    x0: 0.5,
    y0: 0.5,
    hoverinfo: "skip",
  };
}

/** From where to where an axis goes. */
type Range = [number, number];

/** Axes that nobody sees, for a picture in a part of a figure. */
export function imageAxes(
  end: string,
  { x, y }: Box,
  across: Range,
  down: Range,
) {
  const hidden = { visible: false, fixedrange: true };
  return {
    [`xaxis${end}`]: { ...hidden, domain: x, range: across, anchor: `y${end}` },
    [`yaxis${end}`]: { ...hidden, domain: y, range: down, anchor: `x${end}` },
  };
}
