import type { Normalization } from "../../nn2/graph.ts";
import type { PresetName } from "../../training/settings/settings.ts";
import type { MinerName } from "../../triplets/miners/miners.ts";

/** What decides a run of an experiment, besides its seed. */
export interface ExperimentSettings {
  /** Has the settings of training that are not listed here. */
  preset: PresetName;
  steps: number;
  /** P, the classes in a batch. */
  classesPerBatch: number;
  /** K, the images of each. */
  imagesPerClass: number;
  /** Adam's highest learning rate. */
  learningRate: number;
  normalization: Normalization;
  embeddingSize: number;
  /** α */
  margin: number;
  miner: MinerName;
  /** How many of MNIST's 55,000 are trained on. */
  trainingImages: number;
  /** How many of MNIST's 10,000 are measured. */
  testImages: number;
  /** Of each class, the training images that its centroid is the mean of. */
  centroidImages: number;
  /** The false accept rate at which pairs are verified. */
  far: number;
  /** What computed: each rounds in its own way. */
  backend: "wasm" | "cpu" | "webgpu";
}

/** What is changed at a point of an experiment. */
export interface PointChoice {
  /** That of the setting that varies, or a name. */
  value: number | string;
  /** Where a fair comparison needs another one. */
  learningRate?: number;
  /** Of the test images: saved as JPEG, from 1 to 100. */
  jpegQuality?: number;
  /** Of each test image: shrunk to so many, a square, and enlarged again. */
  pixels?: number;
}

/** A point: what was changed there, and what runs gave. */
export interface ExperimentPoint extends PointChoice {
  /** By seed, ascending. */
  runs: ExperimentRun[];
}

/** What a run gave. */
export interface ExperimentRun {
  seed: number;
  /** The share of the test images whose nearest centroid is their class's. */
  centroidAccuracy: number;
  /** VAL at {@linkcode far}: the share of accepted pairs, of all of one class. */
  validationRate: number;
  /** The false accept rate that was asked for. */
  far: number;
  /** The mean squared distance of two test images: near 0 when collapsed. */
  spread: number;
  /** Training images seen, each as often as it was. */
  imagesSeen: number;
}

/** All that is known of an experiment: what its file holds. */
export interface ExperimentResult {
  /** Its name. */
  experiment: string;
  /** Those of all points, where a point does not change them. */
  settings: ExperimentSettings;
  /** The setting that changes from point to point, or `imageQuality`. */
  varies: string;
  points: ExperimentPoint[];
}
