import type {
  ArrowMark,
  LineMark,
  Mark,
  WordsMark,
} from "../../encode/marks.ts";
import { element, label, short } from "../../encode/svg.ts";
import { type Canvas, opaque, pixels } from "./canvas.ts";
import { arrowHead, dashArray } from "./line_styles.ts";
import { paintArea } from "./paint_area.ts";
import { paintPoints } from "./paint_points.ts";

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

function paintLine(line: LineMark, { x, y }: Canvas): string {
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

function paintArrow(arrow: ArrowMark, { x, y }: Canvas): string {
  const [from, to] = arrow.places
    .map((place) => [x.at(place[0]), y.at(place[1])] as const);
  const angle = Math.atan2(to![1] - from![1], to![0] - from![0]);
  const tip = [
    to![0] - arrow.standoff * Math.cos(angle),
    to![1] - arrow.standoff * Math.sin(angle),
  ] as const;
  return arrowHead(from!, tip, arrow.size, arrow.color);
}

function paintWords(words: WordsMark, { x, y }: Canvas): string {
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
