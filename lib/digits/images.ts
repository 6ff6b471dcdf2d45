import * as tf from "@tensorflow/tfjs";
import { checkValue } from "../numeric/domain.ts";
import { checkRoom } from "../numeric/shape.ts";
import { optionsOf } from "../numeric/options.ts";
import { refuse } from "../numeric/refuse.ts";
import { resizeBicubic } from "./quality/bicubic.ts";
import type { Dataset } from "./dataset.ts";
import { checkIndices } from "./select_images.ts";

/** The preprocessing: the size of the images, and whether they stay gray. */
export interface ImageOptions {
  /**
   * The height and width of the images of the tensor. 28 takes MNIST's images
   * as they are; 224, the size in FaceNet's paper, resizes them and repeats
   * the gray value in three channels. 28 if left out.
   */
  inputSize?: 28 | 224;
  /**
   * Whether a value above 0.5 becomes 1 and all others 0, after the resize.
   * False if left out.
   */
  binarize?: boolean;
}

/**
 * Makes the tensor of some images of a dataset, with values 0 (background) to
 * 1 (ink).
 *
 * With `{ inputSize: 224, binarize: true }` this is the preprocessing of
 * github.com/vincenthanna/facenet_on_mnist: gray to three channels, bicubic
 * resize with aligned corners, threshold. Without `binarize` the resize
 * passes 0 and 1 a little.
 *
 * @param indices The images to take, in this order.
 * @returns `[n, 28, 28, 1]` or `[n, 224, 224, 3]`, float32; the caller
 * disposes it.
 * @throws {RangeError} If an index is not in [0, count), `inputSize` is neither
 * 224 nor 28 with images of 28×28 pixels, or the tensor would take more than 4 GiB.
 *
 * @example A white image
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const dataset = {
 *   images: new Uint8Array(28 * 28).fill(255),
 *   labels: new Uint8Array(1),
 *   count: 1,
 *   height: 28,
 *   width: 28,
 * };
 * const images = imagesToTensor(dataset, [0]);
 * assert.deepEqual(images.shape, [1, 28, 28, 1]);
 * assert.equal(images.dataSync()[0], 1);
 * images.dispose();
 * ```
 */
export function imagesToTensor(
  dataset: Dataset,
  indices: ArrayLike<number>,
  options: ImageOptions = {},
): tf.Tensor4D {
  const { inputSize, binarize } = readImageOptions(dataset, options);
  const { height, width } = dataset;
  checkIndices(indices, dataset.count);
  const n = indices.length;
  checkRoom(
    action,
    "a tensor",
    inputSize === 28 ? [n, 28, 28] : [n, 224, 224, 3],
  );
  const gray = grayImages(dataset, indices);
  if (inputSize === 28) {
    if (binarize) threshold(gray);
    return tf.tensor4d(gray, [n, 28, 28, 1]);
  }
  const large = resizeBicubic(gray, [n, height, width], [224, 224]);
  if (binarize) threshold(large);
  return tf.tensor4d(repeatThreeTimes(large), [n, 224, 224, 3]);
}

const action = "make a tensor of images";
const sizes = { type: "choice", of: [28, 224] } as const;

/**
 * Checks what `imagesToTensor` is told and fills in the defaults.
 *
 * @throws {RangeError} If an option is none of those listed, or does not go with
 * the size of the dataset's images.
 */
export function readImageOptions(
  { height, width }: Dataset,
  options: ImageOptions,
): Required<ImageOptions> {
  const { inputSize = 28, binarize = false } = optionsOf(action, options);
  checkValue(action, "inputSize", inputSize, sizes);
  checkValue(action, "binarize", binarize, { type: "boolean" });
  if (inputSize === 28 && (height !== 28 || width !== 28)) {
    refuse(
      action,
      "inputSize 224, or 28 for images of 28×28 pixels",
      `28 for ${height}×${width}`,
    );
  }
  return { inputSize, binarize };
}

/** The chosen images, 0 to 1, `[n, height, width]`. */
function grayImages(
  dataset: Dataset,
  indices: ArrayLike<number>,
): Float32Array {
  const size = dataset.height * dataset.width;
  const gray = new Float32Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * size;
    const to = i * size;
    for (let j = 0; j < size; j++) {
      gray[to + j] = dataset.images[from + j]! / 255;
    }
  }
  return gray;
}

function threshold(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! > 0.5 ? 1 : 0;
}

/** Gray to RGB. A resize works on each channel alone, so it may come first. */
function repeatThreeTimes(gray: Float32Array): Float32Array {
  const color = new Float32Array(gray.length * 3);
  for (let i = 0; i < gray.length; i++) {
    color[3 * i] = color[3 * i + 1] = color[3 * i + 2] = gray[i]!;
  }
  return color;
}
