import { useBackend } from "../../../lib/backends/use_backend.ts";
import { experimentSettings } from "../../../lib/experiment/series/experiments.ts";
import { stripes } from "../../training/digits.ts";

await useBackend("wasm");

/** Ten classes, of which 1,100 images are trained on. */
export const data = { train: stripes(1200, 10, 1), test: stripes(120, 10, 2) };

/** What takes a second in place of 40. */
export const changes = {
  steps: 1,
  classesPerBatch: 4,
  imagesPerClass: 2,
  trainingImages: 1100,
  testImages: 100,
  centroidImages: 2,
  embeddingSize: 4,
};

export const settings = { ...experimentSettings, ...changes };
