import type { PointsMark } from "../../encode/marks.ts";
import { element, short } from "../../encode/svg.ts";
import { type Canvas, opaque } from "./canvas.ts";

/** Points as the round or square ends of lines without length: short for thousands. */
export function paintPoints(points: PointsMark, { x, y }: Canvas): string {
  const { symbol, size, color, opacity, border } = points;
  const at = new Set(
    points.places.map((place) =>
      `${short(x.at(place[0]))},${short(y.at(place[1]))}`
    ),
  );
  const isSquare = symbol.startsWith("square");
  const isDiamond = symbol.startsWith("diamond");
  const dots = (width: number, stroke: string) =>
    element("path", {
      d: [...at].map((point) => `M${point}h0`).join(""),
      stroke,
      "stroke-width": width,
      "stroke-linecap": isSquare ? "square" : "round",
      "stroke-opacity": opaque(opacity),
    });
  if (symbol.endsWith("-open") || isDiamond) {
    const half = size / (isDiamond ? 1.5 : 2);
    const isOpen = symbol.endsWith("-open");
    const outline = isDiamond
      ? `m0,${short(-half)}l${short(half)},${short(half)}l${short(-half)},${
        short(half)
      }l${short(-half)},${short(-half)}z`
      : `m${
        short(-half)
      },0a${half},${half} 0 1 0 ${size},0a${half},${half} 0 1 0 ${-size},0`;
    return element("path", {
      d: [...at].map((point) => `M${point}${outline}`).join(""),
      fill: isOpen ? "none" : color,
      stroke: isOpen ? color : border?.color,
      "stroke-width": isOpen ? 1.5 : border?.width,
      opacity: opaque(opacity),
    });
  }
  return border && border.width > 0
    ? dots(size + border.width, border.color) +
      dots(Math.max(0, size - border.width), color)
    : dots(size, color);
}
