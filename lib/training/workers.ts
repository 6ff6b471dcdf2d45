import type * as tf from "@tensorflow/tfjs";
import { mostThreads } from "../backends/threads/most_threads.ts";
import { refuse } from "../numeric/refuse.ts";
import { checkSome } from "./settings/check.ts";
import type { Settings } from "./settings/schema.ts";

type Chosen = Pick<
  Settings,
  "workers" | "backend" | "classesPerBatch" | "imagesPerClass"
>;

/** Fewer images than these are not worth a thread. */
const fewestImages = 8;

/**
 * In how many threads a network is trained. Unless the settings say it: one for
 * each core on the wasm backend, as long as each has 8 images of the batch, the
 * network can be divided, and the program may read this library's files, without
 * which no thread can start.
 *
 * @throws {RangeError} If a setting has a value that it may not have, there are
 * more than images in a batch, or more than one on another backend or for a network
 * with TensorFlow.js's batch normalization, which would see a part of the batch
 * only. (`NormalizedConvolution` sees all.)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { presets } from "./settings/settings.ts";
 *
 * const model = tf.sequential();
 * const small = { ...presets.quick, classesPerBatch: 2, imagesPerClass: 4 };
 * assert.equal(workersFor(model, small), 1);
 * assert.equal(workersFor(model, { ...small, workers: 8 }), 8);
 * assert.throws(() => workersFor(model, { ...small, workers: 9 }), RangeError);
 * ```
 */
export function workersFor(
  model: tf.LayersModel,
  { workers, backend, classesPerBatch, imagesPerClass }: Chosen,
): number {
  checkSome("train", { workers, backend, classesPerBatch, imagesPerClass });
  const images = classesPerBatch * imagesPerClass;
  const mixing = model.layers.find((layer) =>
    layer.getClassName() === "BatchNormalization"
  );
  if (workers === undefined) {
    if (backend !== "wasm" || mixing) return 1;
    const most = Math.floor(images / fewestImages);
    return Math.max(1, Math.min(mostThreads(), most));
  }
  const action = `train with ${workers} workers`;
  if (workers > images) {
    const expected = `at most one for each of the ${images} images of a batch`;
    refuse(action, expected, `${workers}`);
  }
  if (workers > 1 && backend !== "wasm") {
    refuse(action, "the backend wasm, or one worker", backend);
  }
  if (workers > 1 && mixing) {
    refuse(
      action,
      "layers that need no other image, or one worker",
      `the batch normalization ${mixing.name}`,
    );
  }
  return workers;
}
