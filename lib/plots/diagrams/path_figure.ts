import type { Dataset } from "../../digits/dataset.ts";
import { checkLength } from "../../numeric/list.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { datasetTiles, type Tiles } from "../figures/mosaic.ts";
import { colors, styledLayout } from "../figures/style.ts";
import {
  arrowBack,
  HEIGHT,
  LOSS,
  NETWORK,
  pointOf,
  roles,
  SPHERE,
  WIDTH,
} from "./path_layout.ts";
import { pathNotes } from "./path_notes.ts";
import { box, ellipse, line, picture, type Pixel } from "./path_parts.ts";

/**
 * Draws the whole path of training: three images → the same network for each →
 * three points on the unit sphere → the triplet loss, whose gradient comes back to
 * the network's weights.
 *
 * @param images What the three are taken from.
 * @param triplet The indices of anchor, positive and negative.
 * @throws {RangeError} If there are not three indices, or one is not in the dataset.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const digits = {
 *   images: new Uint8Array(3 * 28 * 28),
 *   labels: Uint8Array.of(7, 7, 4),
 *   count: 3, height: 28, width: 28,
 * };
 * const { data } = pathFigure(digits, [0, 1, 2]);
 * assert.equal(data.filter(({ type }) => type === "image").length, 3);
 * ```
 */
export function pathFigure(
  images: Dataset,
  triplet: ArrayLike<number>,
): Figure {
  checkLength("draw the path", "triplet", triplet, 3);
  const tiles = datasetTiles(images, triplet);
  const hidden = { visible: false, fixedrange: true };
  return {
    data: [...drawnImages(tiles), ...sphere(), ...wayBack()],
    layout: styledLayout({ width: WIDTH, height: HEIGHT }, {
      margin: { l: 0, r: 0, t: 0, b: 0 },
      showlegend: false,
      hovermode: false,
      xaxis: { ...hidden, range: [0, WIDTH] },
      yaxis: { ...hidden, range: [HEIGHT, 0] },
      shapes: [box(...NETWORK), box(...LOSS, { fillcolor: "#fdf0e7" })],
      annotations: pathNotes(),
    }),
  };
}

function drawnImages(tiles: Tiles): PlotlyObject[] {
  return roles.map(({ y }, i) => picture(tiles, i, [44, y], 64));
}

function sphere(): PlotlyObject[] {
  const { center, radius } = SPHERE;
  const places = roles.map(pointOf);
  const [a, p, n] = places as [Pixel, Pixel, Pixel];
  return [
    line(ellipse(center, [radius, radius])),
    line(ellipse(center, [radius, radius * 0.28]), {
      dash: "dot",
      width: 1,
      color: "#b6bcc4",
    }),
    line([a, p], { color: colors.blue, width: 2.5 }),
    line([a, n], { color: colors.orange, width: 2.5 }),
    {
      type: "scatter",
      mode: "markers",
      x: places.map(([x]) => Math.round(x)),
      y: places.map(([, y]) => Math.round(y)),
      marker: { size: 13, color: roles.map(({ color }) => color) },
      hoverinfo: "skip",
    },
  ];
}

/** The dashed line that the gradient goes from the loss to the network. */
function wayBack(): PlotlyObject[] {
  const [x, low] = [(LOSS[0][0] + LOSS[1][0]) / 2, HEIGHT - 24];
  const [left] = arrowBack();
  return [line([[x, LOSS[1][1]], [x, low], left], { dash: "dash" })];
}
