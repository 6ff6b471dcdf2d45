import type { TripletLook } from "./look.ts";
import type { MeasuredTriplet } from "./measure.ts";

/**
 * Draws the numbers of a triplet, in SVG, 240 pixels wide from 388 on: kind, squared
 * distances and loss, and below them the bands on a line of squared distances. This
 * runs in a page too, from its source, so it uses nothing from outside of it.
 *
 * @param margin 0 or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tripletLook } from "./look.ts";
 * import { measureTriplet } from "./measure.ts";
 *
 * const measured = measureTriplet([0, 1, 2], 0.2);
 * assert.match(drawPanel(measured, 0.2, tripletLook), />easy</);
 * ```
 */
export function drawPanel(
  { toPositive, toNegative, kind, bands, loss }: MeasuredTriplet,
  margin: number,
  look: TripletLook,
): string {
  const left = 388;
  const [, [, green], [, purple]] = look.points as [
    string[],
    string[],
    string[],
  ];
  const number = (value: number) => value.toFixed(3).replace("-", "−");
  const words = (x: number, y: number, text: string, style = "") =>
    `<text x="${x.toFixed(1)}" y="${y}" ${style}>${text}</text>`;
  const small = 'font-size="13"';
  const faint = `${small} text-anchor="middle" fill="${look.muted}"`;
  const bold = 'font-weight="bold"';

  const numbers = [
    words(left, 40, kind, `font-size="22" ${bold} fill="${look.kinds[kind]}"`),
    words(left, 70, `d²(a, p) = ${number(toPositive)}`, `fill="${green}"`),
    words(left, 92, `d²(a, n) = ${number(toNegative)}`, `fill="${purple}"`),
    words(
      left,
      122,
      "loss = max(0, d²(a, p) − d²(a, n) + α)",
      'font-size="14"',
    ),
    words(
      left,
      144,
      `= max(0, ${number(toPositive - toNegative)} + ${number(margin)})`,
    ),
    words(left, 170, `= ${number(loss)}`, `font-size="20" ${bold}`),
    words(
      left,
      200,
      loss > 0
        ? "solid arrows: the step on the circle"
        : "loss 0: no arrow, nothing moves",
      small,
    ),
    words(left, 218, loss > 0 ? "dashed: the step in the plane" : "", small),
  ];

  const scale = (d: number) => left + 4 + 56 * d;
  const line = bands.map(({ name, from, to }) =>
    `<rect x="${scale(from).toFixed(1)}" y="278" width="${
      (56 * (to - from)).toFixed(1)
    }" height="12" fill="${look.bands[name]}" fill-opacity="0.8"/>`
  );
  const ticks = [0, 1, 2, 3, 4].map((d) =>
    words(scale(d), 308, String(d), faint)
  );
  // Each letter stands on the side that the other one is not on.
  const aside = toNegative < toPositive ? 7 : -7;
  const place = (
    letter: string,
    d: number,
    y: number,
    shift: number,
    color: string,
  ) =>
    `<path d="M${scale(d).toFixed(1)},${
      y - 10
    }V294" stroke="${color}" stroke-width="2.5"/>` +
    words(
      scale(d) + shift,
      y,
      letter,
      `text-anchor="middle" ${bold} fill="${color}"`,
    );
  const legend = Object.entries(look.bands).map(([name, color], i) => {
    const x = left + [4, 66, 168][i]!;
    return `<rect x="${x}" y="346" width="12" height="12" fill="${color}" fill-opacity="0.8"/>` +
      words(x + 17, 357, name, 'font-size="14"');
  });
  return [
    ...numbers,
    ...line,
    ...ticks,
    place("p", toPositive, 268, aside, green!),
    place("n", toNegative, 268, -aside, purple!),
    words(scale(2), 328, "squared distance from a", faint),
    ...legend,
  ].join("");
}
