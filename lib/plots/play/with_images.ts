import type * as tf from "@tensorflow/tfjs";
import { checkDataset, type Dataset } from "../../digits/dataset.ts";
import { checkItems, checkLength } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { encodePng } from "../encode/png.ts";
import { type Figure, isFigure, type PlotlyObject } from "../figures/figure.ts";
import { datasetTiles, tensorTiles, type Tiles } from "../figures/mosaic.ts";
import { list } from "../figures/read.ts";
import { type PointImages, renamed, withPointImages } from "./point_images.ts";

/** For each trace, the image of each of its points, a list of images, or null for none. */
export type ImagePlaces = readonly (ArrayLike<PointImages> | undefined)[];

const action = "add images to a figure";

/**
 * Gives the points of a figure images. In JupyterLab the image of a point is
 * seen while the pointer is over it; after a click it stays until it is clicked
 * itself. A point of a heat map is a cell, and has a list of images as a rule.
 *
 * The images are kept in the figure, about 400 bytes for a digit.
 *
 * @param images A dataset, or a tensor `[n, height, width, 1 or 3]`, which
 * stays the caller's.
 * @param places `places[trace][point]`: an index of `images`, a list of them, or
 * null. The cells of a heat map are counted row by row, as `z` has them. A
 * trace without an entry stays as it is.
 * @throws {RangeError} If there are places for more traces or for other numbers of
 * points than the figure has, or an index is not one of the images.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const dataset = {
 *   images: new Uint8Array(2 * 28 * 28),
 *   labels: Uint8Array.of(7, 4),
 *   count: 2, height: 28, width: 28,
 * };
 * const figure = { data: [{ x: [1, 2, 3], y: [2, 1, 2] }], layout: {} };
 * const { data, play } = withImages(figure, dataset, [[1, null, 1]]);
 * assert.deepEqual(data[0]?.meta, { images: [0, null, 0] });
 * assert.equal(play?.images?.length, 1);
 * ```
 */
export function withImages(
  figure: Figure,
  images: Dataset | tf.Tensor,
  places: ImagePlaces,
): Figure {
  checkItems(action, "a figure", [figure], isFigure);
  const tiles = tilesOf(images);
  checkPlaces(figure, places, tiles.count);
  const all = new Map((figure.play?.images ?? []).map((file, i) => [file, i]));
  const used = places.flatMap((points) =>
    Array.from(points ?? []).flatMap(asList)
  );
  const names = new Map<number, number>();
  for (const index of new Set(used)) {
    const file = png(tiles, index);
    names.set(index, all.get(file) ?? all.size);
    all.set(file, names.get(index)!);
  }
  const data = figure.data.map((trace, i) =>
    places[i]
      ? withPointImages(trace, Array.from(places[i], renamed(names)))
      : trace
  );
  return { ...figure, data, play: { ...figure.play, images: [...all.keys()] } };
}

function tilesOf(images: Dataset | tf.Tensor): Tiles {
  optionsOf(action, images);
  if (!("labels" in images)) return tensorTiles(images);
  checkDataset(action, images);
  return datasetTiles(
    images,
    Array.from({ length: images.count }, (_, i) => i),
  );
}

const asList = (images: PointImages): readonly number[] =>
  typeof images === "number" ? [images] : images ?? [];

function checkPlaces(figure: Figure, places: ImagePlaces, count: number): void {
  checkLength(action, "places", places);
  const traces = figure.data.length;
  if (places.length > traces) {
    refuse(action, `places for at most ${traces} traces`, `${places.length}`);
  }
  const isIndex = (index: unknown) =>
    Number.isInteger(index) && index as number >= 0 && index as number < count;
  Array.from(places).forEach((points, i) => {
    if (points === undefined) return;
    const name = `places of trace ${i}`;
    checkLength(action, name, points, pointCount(figure.data[i]!));
    const expected =
      `${name} to be indices below ${count}, lists of them or null`;
    checkItems(
      action,
      expected,
      points,
      (images) =>
        images === null || isIndex(images) ||
        Array.isArray(images) && images.every(isIndex),
    );
  });
}

/** How many points a trace has, where that can be told. */
function pointCount({ x, y, z }: PlotlyObject): number | undefined {
  const rows = list(z);
  if (Array.isArray(rows[0])) {
    return rows.reduce<number>((sum, row) => sum + list(row).length, 0);
  }
  return list(x).length || list(y).length || undefined;
}

/** A tile as a PNG file, in base64. */
function png({ height, width, channels, pixels }: Tiles, i: number): string {
  const size = height * width * channels;
  const tile = pixels.subarray(i * size, (i + 1) * size);
  return encodePng({ pixels: tile, height, width, channels }).toBase64();
}
