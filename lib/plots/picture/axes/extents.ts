import type { AxisPlace, Mark } from "../../encode/marks.ts";
import type { PlotlyObject } from "../../figures/figure.ts";
import { list, object, text } from "../../figures/read.ts";
import type { AxisScale, Extent } from "./axis.ts";

/** `xaxis2` for x2; empty for what is no axis. */
export function axisName(short: unknown): string {
  return text(short, "").replace(/^([xy])(\d*)$/, "$1axis$2");
}

/** How far a mark reaches along an axis; nothing where it has no place. */
export function extentOf(mark: Mark, letter: "x" | "y"): Extent[] {
  switch (mark.kind) {
    case "area": {
      const [a, b] = mark[letter];
      const isBar = mark.grows === letter;
      const [from, to] = a < b ? [a, b] : [b, a];
      // No room on the side on which a bar stands.
      return [{ from, to, room: { from: isBar && b < a, to: isBar && a < b } }];
    }
    case "picture":
      return [{
        from: Math.min(...mark[letter]),
        to: Math.max(...mark[letter]),
        room: { from: false, to: false },
      }];
    default: {
      const room = mark.kind !== "line" || letter === "y";
      return extentOfPlaces(mark.places, letter, room);
    }
  }
}

/** Shapes and annotations of a layout are to be seen too. */
export function extentOfNotes(
  layout: PlotlyObject,
  name: string,
  { unit, type }: AxisScale,
): Extent[] {
  const letter = name[0]!;
  const isHere = (note: PlotlyObject) =>
    axisName(note[`${letter}ref`] ?? letter) === name;
  const shapes = list(layout.shapes).map(object).filter(isHere)
    .flatMap((shape) => [shape[`${letter}0`], shape[`${letter}1`]].map(unit));
  const annotations = list(layout.annotations).map(object).filter(isHere)
    // On a logarithmic axis it names the exponent.
    .map((note) => type === "log" ? Number(note[letter]) : unit(note[letter]));
  const extent = (room: boolean) => (at: number) => ({
    from: at,
    to: at,
    room: { from: room, to: room },
  });
  return [
    ...shapes.filter(Number.isFinite).map(extent(false)),
    ...annotations.filter(Number.isFinite).map(extent(letter === "y")),
  ];
}

function extentOfPlaces(
  places: readonly (AxisPlace | undefined)[],
  letter: "x" | "y",
  room: boolean,
): Extent[] {
  let from = Infinity;
  let to = -Infinity;
  for (const place of places) {
    if (!place) continue;
    const unit = place[letter === "x" ? 0 : 1];
    from = Math.min(from, unit);
    to = Math.max(to, unit);
  }
  return from <= to ? [{ from, to, room: { from: room, to: room } }] : [];
}
