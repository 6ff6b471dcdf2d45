import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import { checkClasses } from "../../digits/labels.ts";
import { checkLength } from "../../numeric/list.ts";
import { datasetTiles, tensorTiles, type Tiles } from "./mosaic.ts";
import { colors, type FigureOptions } from "./style.ts";

const action = "draw an image grid";

/** Which images are shown, and what is written above them. */
export interface ImageGridOptions extends Pick<FigureOptions, "title"> {
  /** Which images of a dataset, in this order; the first 100 by default. */
  indices?: ArrayLike<number>;
  /** What the classes 0, 1, 2 … of a dataset are called; their numbers by default. */
  classNames?: readonly string[];
  /** A line above each image; a dataset's labels by default. */
  captions?: readonly string[];
  /**
   * What was predicted for each image of the dataset. Captions become "7" in
   * blue where that is right and "7, not 1" in orange where it said 1.
   */
  predictions?: ArrayLike<number>;
  /** How many images are in a row at most, up to 71; 10 by default. */
  columns?: number;
}

/** Images with a line above each, and the colors of these lines. */
export interface CaptionedTiles {
  tiles: Tiles;
  captions: readonly string[];
  colors: string | string[];
}

/** Images of a dataset, under their labels or what was predicted for them. */
export function captionDataset(
  dataset: Dataset,
  { indices, captions, predictions, classNames = [] }: ImageGridOptions,
): CaptionedTiles {
  const first = { length: Math.min(100, dataset.count) };
  if (indices !== undefined) checkLength(action, "indices", indices);
  const chosen = Array.from(indices ?? Array.from(first, (_, i) => i));
  const tiles = datasetTiles(dataset, chosen);
  const labels = chosen.map((index) => dataset.labels[index]!);
  checkLength(action, "classNames", classNames);
  const nameOf = (label: number) => `${classNames[label] ?? label}`;
  if (captions !== undefined) {
    checkLength(action, "captions", captions, chosen.length);
  }
  if (predictions === undefined) {
    return {
      tiles,
      captions: captions ?? labels.map(nameOf),
      colors: colors.ink,
    };
  }
  checkClasses(action, "predictions", predictions, dataset.count);
  const predicted = chosen.map((index) => predictions[index]!);
  const right = labels.map((label, i) => label === predicted[i]);
  return {
    tiles,
    captions: captions ??
      labels.map((label, i) =>
        right[i]
          ? nameOf(label)
          : `${nameOf(label)}, not ${nameOf(predicted[i]!)}`
      ),
    colors: right.map((is) => is ? colors.blue : colors.orange),
  };
}

/** The images of a tensor, under the captions that are given. */
export function captionTensor(
  tensor: tf.Tensor,
  { captions = [] }: ImageGridOptions,
): CaptionedTiles {
  const tiles = tensorTiles(tensor);
  checkLength(action, "captions", captions);
  if (captions.length > 0) {
    checkLength(action, "captions", captions, tiles.count);
  }
  return { tiles, captions, colors: colors.ink };
}
