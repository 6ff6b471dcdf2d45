import { checkDataset, type Dataset } from "../../digits/dataset.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { checkLength } from "../../numeric/list.ts";
import type { PlotlyObject } from "../figures/figure.ts";
import { datasetTiles, mosaic } from "../figures/mosaic.ts";
import { imageTrace } from "./image_traces.ts";

/**
 * Images in rows of four, with their captions above, in pixels of the images.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If it is no dataset of 1 to 8 images, or captions are not as many.
 */
export function neighborTraces(
  action: string,
  images: Dataset,
  captions: readonly string[],
) {
  checkDataset(action, images);
  checkWhole(action, "the number of neighbors", images.count, 1, 8);
  checkLength(action, "captions", captions, images.count);
  const [columns, gap, head] = [4, 2, 8];
  const tiles = datasetTiles(images, [...images.labels.keys()]);
  const padded = {
    ...tiles,
    count: columns,
    pixels: new Uint8Array(columns * tiles.height * tiles.width),
  };
  const shown = tiles.count < columns ? padded : tiles;
  padded.pixels.fill(255).set(tiles.pixels.subarray(0, padded.pixels.length));
  const picture = mosaic(shown, { columns, gap, head });
  const [across, down] = [tiles.width + gap, tiles.height + head];
  const data: PlotlyObject[] = [{
    ...imageTrace(picture),
    xaxis: "x3",
    yaxis: "y3",
  }, {
    type: "scatter",
    mode: "text",
    x: captions.map((_, i) => i % columns * across + tiles.width / 2),
    y: captions.map((_, i) => Math.floor(i / columns) * down + head),
    text: captions,
    textposition: "top center",
    textfont: { size: 11 },
    hoverinfo: "skip",
    cliponaxis: false,
    xaxis: "x3",
    yaxis: "y3",
  }];
  return { data, width: picture.width, height: picture.height };
}
