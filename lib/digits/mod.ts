/**
 * Data: MNIST's files, checked and read into datasets of images and labels;
 * division into training and validation images; batches with as many images of each
 * class; and images as the tensor that a network takes, the one place here that
 * needs TensorFlow.js.
 *
 * @module
 */
export { type ByteArray, readIdx } from "./files/idx.ts";
export { type Dataset, pairDataset } from "./dataset.ts";
export { selectImages } from "./select_images.ts";
export { classCounts, drawPerClass, indicesByClass } from "./classes.ts";
export { splitDataset, type SplitOptions } from "./split.ts";
export { loadMnist, type Mnist, type MnistOptions } from "./mnist.ts";
export { resizeBicubic } from "./bicubic.ts";
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
