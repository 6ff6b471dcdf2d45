import { palette } from "../../../plots/figures/style.ts";
import { type Gallery, onMap } from "./recognize.ts";

const [width, height, margin] = [300, 220, 20];

/** How many images of each digit are points. */
const perDigit = 30;

/**
 * Draws the map of a gallery, and gives the function that puts a drawing's ring to
 * its place; nowhere to take it away.
 */
export function drawMap(
  svg: SVGElement,
  gallery: Gallery,
): (place?: readonly [number, number]) => void {
  const { embeddings: { values, size }, labels } = gallery;
  const seen = new Map<number, number>();
  const points = labels.flatMap((label, i) => {
    const before = seen.get(label) ?? 0;
    seen.set(label, before + 1);
    if (before >= perDigit) return [];
    const place = onMap(values.subarray(i * size, (i + 1) * size), gallery);
    return [{ label, place }];
  });
  const range = (axis: 0 | 1) => {
    const along = points.map(({ place }) => place[axis]);
    return [Math.min(...along), Math.max(...along)] as const;
  };
  const ranges = [range(0), range(1)] as const;
  const at = (place: readonly [number, number]): [number, number] => {
    const share = ([0, 1] as const).map((axis) => {
      const [from, to] = ranges[axis];
      const value = to > from ? (place[axis] - from) / (to - from) : 0.5;
      return Math.min(1, Math.max(0, value));
    });
    return [
      margin + share[0]! * (width - 2 * margin),
      height - margin - share[1]! * (height - 2 * margin),
    ];
  };
  const dots = points.map(({ label, place }) => {
    const [x, y] = at(place);
    return `<circle cx="${x.toFixed(1)}" cy="${
      y.toFixed(1)
    }" r="2.6" style="--own:${palette[label % palette.length]}"/>`;
  });
  const names = [...seen.keys()].map((label) => {
    const own = points.filter((point) => point.label === label)
      .map(({ place }) => at(place));
    const middle = (axis: 0 | 1) =>
      own.map((place) => place[axis]).toSorted((a, b) => a - b)[
        own.length >> 1
      ]!;
    return `<text x="${middle(0).toFixed(1)}" y="${
      (middle(1) - 6).toFixed(1)
    }" style="--own:${palette[label % palette.length]}">${label}</text>`;
  });
  svg.innerHTML = `<g class="dots">${dots.join("")}</g>` +
    `<circle class="ring" r="9" visibility="hidden"/>` +
    `<g class="names">${names.join("")}</g>`;
  const ring = svg.querySelector<SVGCircleElement>(".ring")!;
  return (place) => {
    ring.setAttribute("visibility", place ? "visible" : "hidden");
    if (!place) return;
    const [x, y] = at(place);
    ring.style.transform = `translate(${x}px, ${y}px)`;
  };
}
