/**
 * Data: MNIST's files, checked and read into datasets of images and labels;
 * division into training and validation images; batches with as many images of each
 * class; and images as the tensor that a network takes, the one place here that
 * needs TensorFlow.js.
 *
 * @module
 */
export { type ByteArray, readIdx } from "./files/idx.ts";
export type { Dataset } from "./files/labelled_images.ts";
export { pairDataset } from "./dataset.ts";
export { selectImages } from "./select_images.ts";
export { classCounts, drawPerClass, indicesByClass } from "./classes.ts";
export { splitDataset, type SplitOptions } from "./split.ts";
export { loadMnist, type Mnist, type MnistOptions } from "./mnist.ts";
export { type IdxDatasetOptions, loadIdxDataset } from "./files/idx_dataset.ts";
export type { DatasetName } from "./files/known_sets.ts";
export {
  datasetNames,
  loadDataset,
  type NamedDataset,
} from "./files/load_dataset.ts";
export {
  centerAsMnist,
  type CenterOptions,
} from "./drawing/center_as_mnist.ts";
export type { GrayPicture } from "./drawing/gray_picture.ts";
export {
  letterNames,
  type LetterOptions,
  makeLetters,
} from "./letters/make_letters.ts";
export { resizeBicubic } from "./quality/bicubic.ts";
export { compressAsJpeg } from "./quality/compress_as_jpeg.ts";
export { jpegSteps } from "./quality/jpeg_steps.ts";
export { reducePixels } from "./quality/reduce_pixels.ts";
export { type ImageOptions, imagesToTensor } from "./images.ts";
export type { BalancedBatches } from "./balanced_batches.ts";
export {
  type BalancedBatch,
  type BalancedSampler,
  type BalancedSamplerState,
  createBalancedSampler,
  restoreBalancedSampler,
} from "./sampler.ts";
export {
  divideForRun,
  type RunData,
  type RunSeeds,
  runSeeds,
} from "./run_data.ts";
export type { Strokes } from "./strokes/strokes.ts";
export { drawStrokes, type PenOptions } from "./strokes/draw_strokes.ts";
export { inkOfPhotograph } from "./strokes/ink_of_photograph.ts";
export { enroll, type Enrolled, enrolledImages } from "./strokes/enrolled.ts";
export { loadEnrolled, saveEnrolled } from "./strokes/enrolled_file.ts";
