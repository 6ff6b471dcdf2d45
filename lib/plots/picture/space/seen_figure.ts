import type { Figure, PlotlyObject } from "../../figures/figure.ts";
import { list, number, object, text } from "../../figures/read.ts";
import { cameraOf, type Seen, type Triple } from "./camera.ts";

/** How much of their color what lies behind the middle keeps. */
const BEHIND = 0.3;
/** Plotly draws a point in space larger than one in the plane. */
const LARGER = 1.6;

/**
 * A figure in space as one in the plane: what its camera sees, the far half
 * pale and behind the near one. What its `meta` calls a background is left out.
 * A figure that is not all of the type `scatter3d` is returned as it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const point = { type: "scatter3d", mode: "markers", x: [1], y: [0], z: [0] };
 * const { data } = seenFigure({ data: [point], layout: {} });
 * assert.deepEqual(data.map(({ type }) => type), ["scatter", "scatter"]);
 * ```
 */
export function seenFigure(figure: Figure): Figure {
  const { data, layout: { scene, ...layout } } = figure;
  const inSpace = data.filter(({ meta }) => object(meta).isBackground !== true);
  if (!inSpace.every(({ type }) => type === "scatter3d") || !inSpace[0]) {
    return figure;
  }
  const placed = inSpace.map((trace) => ({ trace, places: placesOf(trace) }));
  const notes = list(object(scene).annotations).map(object);
  const noted = notes.map((
    { x, y, z },
  ): Triple => [Number(x), Number(y), Number(z)]);
  const see = cameraOf(
    object(scene),
    placed.flatMap(({ places }) => places.filter((one) => one !== undefined))
      .concat(noted),
  );
  const parts = placed.flatMap(({ trace, places }) =>
    partsOf(trace, places.map((place) => place && see(place)))
  );
  const annotations = notes.map(({ z: _, ...note }, i): PlotlyObject => {
    const { right, up } = see(noted[i]!);
    return { ...note, x: right, y: up };
  });
  const reach = 1.08 * Math.max(
    ...[...parts, ...annotations]
      .flatMap(({ x, y }) =>
        [x, y].flatMap((of) => Array.isArray(of) ? of : [of])
      )
      .map((one) => Math.abs(Number(one))),
  );
  const axis = { visible: false, range: [-reach, reach], constrain: "domain" };
  return {
    data: [
      ...parts.filter(({ isFar }) => isFar),
      ...parts.filter(({ isFar }) => !isFar),
    ].map(({ isFar: _, ...trace }) => trace),
    layout: {
      ...layout,
      xaxis: axis,
      yaxis: { ...axis, scaleanchor: "x" },
      annotations: [...list(layout.annotations), ...annotations],
    },
  };
}

function placesOf({ x, y, z }: PlotlyObject): (Triple | undefined)[] {
  const [xs, ys, zs] = [list(x), list(y), list(z)];
  return xs.map((one, i) => {
    const place: Triple = [
      coordinate(one),
      coordinate(ys[i]),
      coordinate(zs[i]),
    ];
    return place.every(Number.isFinite) ? place : undefined;
  });
}

const coordinate = (value: unknown) =>
  value === null || value === undefined ? NaN : Number(value);

/** A trace's far half and its near one. */
function partsOf(
  trace: PlotlyObject,
  seen: readonly (Seen | undefined)[],
): (PlotlyObject & { isFar: boolean })[] {
  const mode = text(trace.mode, "lines+markers");
  const { z: _, hovertemplate: __, ...rest } = trace;
  const part = (isFar: boolean, isIn: (place: Seen, i: number) => boolean) => {
    const kept = seen.map((place, i) =>
      place && isIn(place, i) ? place : undefined
    );
    return {
      ...rest,
      type: "scatter",
      mode,
      isFar,
      x: kept.map((place) => place ? place.right : null),
      y: kept.map((place) => place ? place.up : null),
    };
  };
  const marker = object(trace.marker);
  const size = number(marker.size, 4) * LARGER;
  const isBehind = (place: Seen | undefined) =>
    place !== undefined && place.near < 0;
  // The piece of a line that crosses the middle belongs to its far half.
  const reaches = mode.includes("lines") ? [-1, 0, 1] : [0];
  return [
    {
      ...part(true, (_, i) => reaches.some((step) => isBehind(seen[i + step]))),
      opacity: BEHIND,
      marker: { ...marker, size, opacity: BEHIND },
      showlegend: false,
    },
    {
      ...part(false, (place) => !isBehind(place)),
      marker: { ...marker, size },
    },
  ];
}
