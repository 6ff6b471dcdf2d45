import { element, short } from "../../encode/svg.ts";

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
