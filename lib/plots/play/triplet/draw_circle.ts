import type { TripletLook } from "./look.ts";
import type { MeasuredTriplet } from "./measure.ts";

/**
 * Draws a triplet on the circle, in SVG: center at (190, 195), radius 120
 * pixels. A ring around it says which kind of triplet a negative makes there.
 * Solid arrows are the steps on the circle, dashed ones those of points that are
 * free in the plane; within a triplet, lengths are to scale. This runs in a page
 * too, from its source, so it uses nothing from outside of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tripletLook } from "./look.ts";
 * import { measureTriplet } from "./measure.ts";
 *
 * const svg = drawCircle(measureTriplet([0, 1, 2], 0.2), tripletLook);
 * assert.ok(svg.includes(">a</text>"));
 * ```
 */
export function drawCircle(
  { points, bands, gradients, slopes }: MeasuredTriplet,
  look: TripletLook,
): string {
  const radius = 120;
  // Pixels of an arrow for a gradient of length 1: the longest is at most 48.
  const perUnit = Math.min(
    30,
    48 / Math.max(...gradients.map(([x = 0, y = 0]) => Math.hypot(x, y))),
  );
  const at = (x: number, y: number) =>
    `${(190 + radius * x).toFixed(1)},${(195 - radius * y).toFixed(1)}`;
  const stroke = (color: string, width: number, more = "") =>
    `fill="none" stroke="${color}" stroke-width="${width}"${more}`;

  // A band lies on both sides of the anchor, between two angles from it.
  const anchor = Math.atan2(points[0]![1]!, points[0]![0]!);
  const ring = bands.flatMap(({ name, from, to }) => {
    const near = Math.acos(1 - from / 2);
    const far = Math.acos(Math.max(-1, 1 - to / 2));
    const spans = from === 0
      ? [[-far, far]]
      : to === 4
      ? [[near, 2 * Math.PI - near]]
      : [[near, far], [-far, -near]];
    return spans.map(([start = 0, end = 0]) => {
      const places = Array.from({ length: 65 }, (_, i) => {
        const angle = anchor + start + (end - start) * i / 64;
        return at(1.23 * Math.cos(angle), 1.23 * Math.sin(angle));
      });
      return `<path d="M${places.join("L")}" ${
        stroke(look.bands[name], 11, ' stroke-opacity="0.8"')
      }/>`;
    });
  });

  const [a, p, n] = points.map(([x, y]) => at(x!, y!));
  const [, [, green], [, purple]] = look.points as [
    string[],
    string[],
    string[],
  ];
  const chords = `<path d="M${a}L${p}" ${stroke(green!, 2)}/>` +
    `<path d="M${a}L${n}" ${stroke(purple!, 2)}/>`;

  const arrow = (
    i: number,
    dx: number,
    dy: number,
    color: string,
    more: string,
  ) => {
    const length = Math.hypot(dx, dy);
    if (length * perUnit < 1) return "";
    const [x, y, ux, uy] = [...points[i]!, dx / length, dy / length] as [
      number,
      number,
      number,
      number,
    ];
    const along = (pixels: number, aside = 0) =>
      at(
        x + (pixels * ux - aside * uy) / radius,
        y + (pixels * uy + aside * ux) / radius,
      );
    const end = 16 + length * perUnit;
    const width = more ? 1.5 : 3;
    return `<path d="M${along(16)}L${along(end)}" ${
      stroke(color, width, more)
    }/>` +
      `<path d="M${along(end - 8, 5)}L${along(end)}L${along(end - 8, -5)}" ${
        stroke(color, width)
      }/>`;
  };
  const arrows = points.map(([x = 0, y = 0], i) => {
    const [gx = 0, gy = 0] = gradients[i]!;
    return arrow(i, -gx, -gy, look.muted, ' stroke-dasharray="4 3"') +
      arrow(i, y * slopes[i]!, -x * slopes[i]!, look.points[i]![1]!, "");
  });

  const dots = points.map(([x = 0, y = 0], i) => {
    const [letter, color] = look.points[i]!;
    return `<g transform="translate(${
      at(x, y)
    })"><circle r="14" fill="${color}" stroke="white" stroke-width="2"/>` +
      `<text y="5" text-anchor="middle" font-weight="bold" fill="white">${letter}</text></g>`;
  });
  return `<circle cx="190" cy="195" r="${radius}" ${stroke("#d1d5db", 1.5)}/>` +
    [...ring, chords, ...arrows, ...dots].join("");
}
