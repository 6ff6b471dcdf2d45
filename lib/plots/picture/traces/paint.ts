import { inkOn } from "./color_scale.ts";
import type { Axis } from "../axes/axis.ts";
import type {
  Area,
  Arrow,
  Line,
  Mark,
  Points,
  Words,
} from "../../encode/marks.ts";
import { element, label, short } from "../../encode/svg.ts";

/** The two axes that a mark is drawn on, and the text's size and colour. */
export interface Canvas {
  x: Axis;
  y: Axis;
  fontSize: number;
  ink: string;
}

/** Writes a mark as SVG. */
export function paint(mark: Mark, canvas: Canvas): string {
  switch (mark.kind) {
    case "area":
      return paintArea(mark, canvas);
    case "line":
      return paintLine(mark, canvas);
    case "points":
      return paintPoints(mark, canvas);
    case "arrow":
      return paintArrow(mark, canvas);
    case "words":
      return paintWords(mark, canvas);
    case "picture": {
      const [left, right] = pixels(canvas.x, mark.x);
      const [top, bottom] = pixels(canvas.y, mark.y);
      return element("image", {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
        preserveAspectRatio: "none",
        style: "image-rendering: pixelated",
        href: mark.source,
      });
    }
  }
}

function pixels(
  axis: Axis,
  [from, to]: readonly [number, number],
): [number, number] {
  const [a, b] = [axis.at(from), axis.at(to)];
  return a < b ? [a, b] : [b, a];
}

function paintArea(area: Area, { x, y, fontSize, ink }: Canvas): string {
  const [gapX, gapY] = area.gap ?? [0, 0];
  const [left, right] = pixels(x, area.x);
  const [top, bottom] = pixels(y, area.y);
  const box = element("rect", {
    x: left + gapX / 2,
    y: top + gapY / 2,
    width: Math.max(0, right - left - gapX),
    height: Math.max(0, bottom - top - gapY),
    fill: area.color,
    "fill-opacity": opaque(area.opacity),
  });
  if (!area.text) return box;
  if (area.textAt === "outside") {
    const isBack = area.grows === "x"
      ? area.x[1] < area.x[0]
      : area.y[1] < area.y[0];
    return box +
      (area.grows === "x"
        ? label(area.text, isBack ? left - 4 : right + 4, (top + bottom) / 2, {
          size: fontSize,
          color: ink,
          anchor: isBack ? "end" : "start",
        })
        : label(area.text, (left + right) / 2, isBack ? bottom + 3 : top - 3, {
          size: fontSize,
          color: ink,
          vertical: isBack ? "below" : "above",
        }));
  }
  // In cells too small for it, the text is as small as they are.
  const size = Math.min(
    fontSize,
    (bottom - top) * 0.8,
    (right - left) / area.text.length * 1.7,
  );
  return size < 4 ? box : box + label(
    area.text,
    (left + right) / 2,
    (top + bottom) / 2,
    { size, color: inkOn(area.color) },
  );
}

const opaque = (opacity: number) => opacity === 1 ? undefined : opacity;

const dashes: Record<string, string> = {
  dot: "2 2",
  dash: "8 4",
  longdash: "12 6",
  dashdot: "8 4 2 4",
};

/** The pattern of a dashed line, if it is one. */
export function dashArray(dash: string | undefined): string | undefined {
  return dashes[dash ?? ""];
}

function paintLine(line: Line, { x, y }: Canvas): string {
  let isBroken = true;
  const path = line.places.map((place) => {
    const step = place &&
      `${isBroken ? "M" : "L"}${short(x.at(place[0]))},${
        short(y.at(place[1]))
      }`;
    isBroken = !place;
    return step;
  }).join("");
  return element("path", {
    d: path,
    fill: line.fill ?? "none",
    "fill-opacity": line.fill && 0.5,
    stroke: line.color,
    "stroke-width": line.width,
    "stroke-dasharray": dashArray(line.dash),
    "stroke-opacity": opaque(line.opacity),
  });
}

/** Points as the round or square ends of lines without length: short for thousands. */
function paintPoints(points: Points, { x, y }: Canvas): string {
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

function paintArrow(arrow: Arrow, { x, y }: Canvas): string {
  const [from, to] = arrow.places
    .map((place) => [x.at(place[0]), y.at(place[1])] as const);
  const angle = Math.atan2(to![1] - from![1], to![0] - from![0]);
  const tip = [
    to![0] - arrow.standoff * Math.cos(angle),
    to![1] - arrow.standoff * Math.sin(angle),
  ] as const;
  return arrowHead(from!, tip, arrow.size, arrow.color);
}

/** The head of an arrow between two pixels. */
export function arrowHead(
  [fromX, fromY]: readonly [number, number],
  [x, y]: readonly [number, number],
  size: number,
  color: string,
): string {
  const angle = Math.atan2(y - fromY, x - fromX);
  const corner = (turn: number) =>
    `${short(x - size * Math.cos(angle + turn))},${
      short(y - size * Math.sin(angle + turn))
    }`;
  return element("path", {
    d: `M${short(x)},${short(y)}L${corner(0.4)}L${corner(-0.4)}z`,
    fill: color,
  });
}

function paintWords(words: Words, { x, y }: Canvas): string {
  const [vertical = "middle", horizontal = "center"] = words.position
    .split(" ");
  const away = words.distance + 2;
  const up = { top: -away, middle: 0, bottom: away }[vertical] ?? 0;
  const aside = { left: -away, center: 0, right: away }[horizontal] ?? 0;
  return words.places.map((place, i) =>
    label(words.texts[i]!, x.at(place[0]) + aside, y.at(place[1]) + up, {
      size: words.size,
      color: words.colors[i]!,
      anchor: aside < 0 ? "end" : aside > 0 ? "start" : "middle",
      vertical: up < 0 ? "above" : up > 0 ? "below" : "middle",
    })
  ).join("");
}
