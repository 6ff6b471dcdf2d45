import type { AxisPlace, Mark } from "../../encode/marks.ts";
import type { PlotlyObject } from "../../figures/figure.ts";
import { list } from "../../figures/read.ts";
import type { AxisScale } from "../axes/axis.ts";

/** The points of a scatter trace; none where a coordinate is no number. */
export function placesOf(
  trace: PlotlyObject,
  x: AxisScale,
  y: AxisScale,
): (AxisPlace | undefined)[] {
  const xs = list(trace.x);
  const ys = list(trace.y);
  const length = Math.max(xs.length, ys.length);
  const at = (values: unknown[], scale: AxisScale, i: number) =>
    values.length > 0 ? scale.unit(values[i]) : i;
  return Array.from({ length }, (_, i) => {
    const place = [at(xs, x, i), at(ys, y, i)] as const;
    return Number.isFinite(place[0] + place[1]) ? place : undefined;
  });
}

/** The band between what is stacked so far and that with these places on top. */
export function stackedArea(
  places: readonly (AxisPlace | undefined)[],
  ends: Map<number, number>,
  color: string,
): Mark {
  const there = places.filter((place) => place !== undefined);
  const lower = there.map(([x]): AxisPlace => [x, ends.get(x) ?? 0]);
  const upper = there.map(([x, y], i): AxisPlace => [x, lower[i]![1] + y]);
  for (const [x, y] of upper) ends.set(x, y);
  return {
    kind: "line",
    places: [...upper, ...lower.toReversed()],
    color,
    width: 1,
    opacity: 1,
    fill: color,
  };
}
