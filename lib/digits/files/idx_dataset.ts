import { checkValue, type Domain } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { ByteArray } from "./idx.ts";
import type { Dataset } from "./labelled_images.ts";
import { readIdxFile } from "./read_idx_file.ts";
import { squareImages, transposeImages } from "./square_images.ts";

/** Two IDX files, and what is particular about them. */
export interface IdxDatasetOptions {
  /** The path of the images' file; it may be packed, and end in `.gz`. */
  images: string;
  /** The path of the labels' file, likewise. */
  labels: string;
  /** Whether rows and columns are swapped, as in EMNIST. False if left out. */
  transposed?: boolean;
  /**
   * The label of the first class, which becomes 0, and so on: 1 for EMNIST's letters.
   * 0 if left out.
   */
  firstLabel?: number;
  /** The number of classes; any number if left out. */
  classCount?: number;
  /**
   * The side in pixels that square images are scaled to. If left out, they must have
   * 28×28 pixels.
   */
  scaleTo?: number;
}

const action = "load images and labels";
const domains = {
  transposed: { type: "boolean" },
  firstLabel: { type: "integer", min: 0, max: 255 },
  classCount: { type: "integer", min: 1, max: 256 },
  scaleTo: { type: "integer", min: 1, max: 4096 },
} as const satisfies Partial<Record<keyof IdxDatasetOptions, Domain>>;

/**
 * Loads a pair of IDX files, the format of MNIST, EMNIST, Fashion-MNIST and KMNIST,
 * plain or gzip, as a dataset. {@linkcode loadDataset} knows the particulars of
 * these sets by name.
 *
 * @throws {RangeError} If there are not as many images as labels, a label is below
 * `firstLabel` or beyond the classes, the images are not square or of another size
 * than 28×28 without `scaleTo`, or an option is out of range.
 * @throws {Deno.errors.NotFound} If a file is neither there nor there with `.gz`.
 * @throws {SyntaxError} If a file is damaged or no IDX file of bytes.
 *
 * @example EMNIST's letters, where "A" is stored as 1, on its side
 * ```ts ignore
 * const letters = await loadIdxDataset({
 *   images: "data/emnist/emnist-letters-test-images-idx3-ubyte.gz",
 *   labels: "data/emnist/emnist-letters-test-labels-idx1-ubyte.gz",
 *   transposed: true,
 *   firstLabel: 1,
 * });
 * ```
 */
export async function loadIdxDataset(
  options: IdxDatasetOptions,
): Promise<Dataset> {
  const { transposed = false, firstLabel = 0, classCount = 256, scaleTo } =
    optionsOf(action, options);
  for (const [name, domain] of Object.entries(domains)) {
    const value = options[name as keyof typeof domains];
    if (value !== undefined) checkValue(action, name, value, domain);
  }
  const images = await readIdxFile("images", options.images, 3);
  const labels = await readIdxFile("labels", options.labels, 1);
  const [imageCount, labelCount] = [images.shape[0], labels.shape[0]];
  if (imageCount !== labelCount) {
    const expected = `a label for each of ${imageCount} images`;
    refuse(action, expected, `${labelCount} labels`);
  }
  const classes = classesOf(labels, firstLabel, classCount);
  const square = squareImages(action, images, scaleTo);
  if (transposed) transposeImages(square);
  const [count, height, width] = square.shape as [number, number, number];
  return { images: square.data, labels: classes, count, height, width };
}

/** The labels, counted from 0. */
function classesOf(
  { data }: ByteArray,
  firstLabel: number,
  classCount: number,
): Uint8Array {
  const last = Math.min(firstLabel + classCount - 1, 255);
  return data.map((label, i) => {
    if (label >= firstLabel && label <= last) return label - firstLabel;
    refuse(action, `labels from ${firstLabel} to ${last}`, `${label} at ${i}`);
  });
}
