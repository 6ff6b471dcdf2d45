import type { PlotlyObject } from "../figures/figure.ts";
import { plotted } from "../figures/numbers.ts";
import type { Neighbors } from "./neighbors.ts";

/** A place for each image, null where it is not one of these. */
export function dots(
  name: string,
  { distances, labels }: Neighbors,
  isOne: (image: number) => boolean,
): PlotlyObject {
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: plotted(Array.from(labels, (_, i) => isOne(i) ? distances[i]! : NaN)),
    y: Array.from(labels),
    hovertemplate: "%{y} at %{x}<extra></extra>",
  };
}

/** One image; none where there is none. */
export function point(
  name: string,
  { distances, labels }: Neighbors,
  image: number | undefined,
): PlotlyObject {
  const isNone = image === undefined;
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: isNone ? [null] : plotted([distances[image]!]),
    y: isNone ? [null] : [labels[image]],
    hoverinfo: "skip",
  };
}

/** A circle around one image; where there is none, no legend names it. */
export function ring(
  name: string,
  neighbors: Neighbors,
  image: number | undefined,
  color: string,
): PlotlyObject {
  const line = { width: 2.5, color };
  return {
    ...point(name, neighbors, image),
    showlegend: image !== undefined,
    marker: { color, size: 17, symbol: "circle-open", line },
  };
}
