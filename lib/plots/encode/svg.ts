import { escapeHtml } from "./escape.ts";

/** The attributes of an element; those without a value are left out. */
export type Attributes = Readonly<
  Record<string, string | number | undefined>
>;

/** An SVG element. */
export function element(
  name: string,
  attributes: Attributes,
  content = "",
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) =>
      ` ${key}="${
        typeof value === "number" ? short(value) : escapeHtml(value!)
      }"`
    )
    .join("");
  return content
    ? `<${name}${written}>${content}</${name}>`
    : `<${name}${written}/>`;
}

/** Cuts off what is outside of a rectangle. */
export function clipped(
  content: string,
  { left, right, top, bottom }: {
    left: number;
    right: number;
    top: number;
    bottom: number;
  },
): string {
  if (!content) return "";
  const [width, height] = [right - left, bottom - top];
  const box = [left, top, width, height].map(short);
  return element("svg", {
    x: left,
    y: top,
    width,
    height,
    viewBox: box.join(" "),
  }, content);
}

/** A number of pixels: a tenth is less than anybody sees, and so is what is far away. */
export function short(value: number): string {
  const near = Math.max(-1e5, Math.min(1e5, value));
  return String(Math.round(near * 10) / 10);
}

/** How a text lies to its point, and how it looks. */
export interface TextStyle {
  size: number;
  color: string;
  anchor?: "start" | "middle" | "end";
  /** Where the text lies to its point: above, in the middle, or below. */
  vertical?: "above" | "middle" | "below";
  /** Degrees, clockwise. */
  turned?: number;
  /** The color of a box behind it. */
  background?: string;
  /** The color of a line around that box. */
  border?: string;
}

/**
 * Writes a text at a point. Of Plotly's markup, `<br>` breaks lines and `<b>`
 * makes all of its line bold; other tags are left out.
 */
export function label(
  text: string,
  x: number,
  y: number,
  { size, color, anchor = "middle", vertical = "middle", turned, ...box }:
    TextStyle,
): string {
  const lines = plainLines(text);
  const isBold = text.split(LINE_BREAK).map((line) => /<b>/i.test(line));
  const height = size * 1.25;
  // From the point to the first base line.
  const down = {
    above: -0.25 * size - (lines.length - 1) * height,
    middle: 0.35 * size - (lines.length - 1) / 2 * height,
    below: size,
  }[vertical];
  const wide = Math.max(...lines.map((line) => textWidth(line, size)));
  const behind = box.background && element("rect", {
    x: x - { start: 0, middle: wide / 2, end: wide }[anchor] - 1,
    y: y + down - size,
    width: wide + 2,
    height: height * lines.length,
    fill: box.background,
    stroke: box.border,
  });
  const written = lines.map((line, i) =>
    element("text", {
      x,
      y: y + down + i * height,
      "text-anchor": anchor === "start" ? undefined : anchor,
      "font-size": size,
      "font-weight": isBold[i] ? "bold" : undefined,
      fill: color,
      transform: turned
        ? `rotate(${turned} ${short(x)} ${short(y)})`
        : undefined,
    }, escapeHtml(line))
  );
  return [behind, ...written].filter(Boolean).join("");
}

/** About how wide a text is, in pixels: fonts differ. */
export function textWidth(text: string, size: number): number {
  return Math.max(...plainLines(text).map((line) => [...line].length)) * size *
    0.6;
}

const LINE_BREAK = /<br\s*\/?>/i;

function plainLines(text: string): string[] {
  return text.split(LINE_BREAK).map((line) =>
    line.replace(/<\/?[a-z]+\b[^>]*>/gi, "")
  );
}
