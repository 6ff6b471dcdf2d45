import * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { type Room, row } from "./row.ts";

const { createRandom } = api;
const digits = () => ({
  images: new Uint8Array(4 * 28 * 28).fill(255),
  labels: Uint8Array.of(3, 3, 5, 5),
  count: 4,
  height: 28,
  width: 28,
});
const embed = (images: tf.Tensor4D) =>
  tf.ones<tf.Rank.R2>([images.shape[0], 1]);
const options = () => ({ batchSize: 2, inputSize: 28 });
const ofOptions = (place: number): Record<string, is.Kind> => ({
  // No more go through at once than there are.
  [`${place}.batchSize`]: is.optional(is.whole({ min: 1 })),
  [`${place}.inputSize`]: is.optional(is.choice(28, 224)),
  [`${place}.binarize`]: is.optional(is.boolean),
});
const drawn = () => ({
  ...options(),
  imagesPerClass: 1,
  random: createRandom(1),
});
const ofDrawn = {
  ...ofOptions(2),
  "2.imagesPerClass": is.whole({ min: 1, max: 2 }, { size: true }),
  "2.random": is.random,
};

/** The functions of the evaluation that embed images. */
export const evaluationImagesRoom: Room = {
  reorientImages: row(api.reorientImages, () => [digits(), "turned"], {
    "1": is.choice("turned", "upside down", "mirrored"),
  }),
  withJoinedClasses: row(
    api.withJoinedClasses,
    () => [digits(), {
      perClass: 1,
      firstLabel: 10,
      random: createRandom(1),
    }],
    {
      "1.perClass": is.whole({ min: 1 }, { size: true }),
      "1.firstLabel": is.whole({ min: 0, max: 252 }),
      "1.random": is.random,
    },
  ),
  embedImages: row(
    api.embedImages,
    () => [embed, digits(), [2, 0], options()],
    { "2": is.indices(4), ...ofOptions(3) },
  ),
  evaluateCentroids: row(
    api.evaluateCentroids,
    () => [embed, { train: digits(), test: digits() }, drawn()],
    ofDrawn,
  ),
  evaluateWithBaselines: row(
    api.evaluateWithBaselines,
    () => [
      { trained: embed, untrained: embed },
      { train: digits(), test: digits() },
      { ...drawn(), untrainedImages: 3 },
    ],
    { ...ofDrawn, "2.untrainedImages": is.optional(is.whole({ min: 1 })) },
  ),
};
