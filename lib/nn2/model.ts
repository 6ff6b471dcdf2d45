import type * as tf from "@tensorflow/tfjs";
import { checkValue, checkWhole } from "../numeric/domain.ts";
import { optionsOf } from "../numeric/options.ts";
import { createRandom, seedDomain } from "../numeric/random.ts";
import { buildModel } from "./build_model.ts";
import { nn2Graph, type Normalization, normalizations } from "./graph.ts";
import {
  checkInputSize,
  inputShape,
  type InputSize,
  nn2Rows,
} from "./table.ts";

/** The weights of so large an embedding take 256 MiB. */
const mostNumbers = 2 ** 16;

/** All but the seed have defaults: gray images of 28×28 become 128 numbers. */
export interface NN2Options {
  /** Height and width of the images (default 28: one channel; 224: three). */
  inputSize?: InputSize;
  /** Numbers in an embedding, at most 65,536 (default 128, the paper's). */
  embeddingSize?: number;
  /** What keeps activations in range (default "batch"). */
  normalization?: Normalization;
  /** Decides the weights: a whole number in [-2³¹, 2³²). */
  seed: number;
}

/**
 * Makes the network NN2 with fresh weights:
 * `[batch, 28, 28, 1]` or `[batch, 224, 224, 3]`, values in [0, 1] →
 * `[batch, embeddingSize]`, rows of length 1.
 *
 * A training step must apply it with `{training: true}`, also without batch
 * normalization: otherwise tfjs disposes the activations on the way. The
 * caller disposes the model; two models never share a variable.
 *
 * @throws {RangeError} If an option is not one of those listed.
 *
 * Source: FaceNet, arXiv 1503.03832, Table 2, as data in {@linkcode NN2}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const model = createNN2({ embeddingSize: 4, seed: 1 });
 * const embeddings = model.predict(tf.ones([1, 28, 28, 1])) as tf.Tensor;
 * assert.deepEqual(embeddings.shape, [1, 4]);
 * assert.ok(Math.abs(tf.norm(embeddings).dataSync()[0]! - 1) < 1e-5);
 * ```
 */
export function createNN2(options: NN2Options): tf.LayersModel {
  const action = "create NN2";
  const {
    inputSize = 28,
    embeddingSize = 128,
    normalization = "batch",
    seed,
  } = optionsOf(action, options);
  checkInputSize(action, inputSize);
  checkValue(action, "normalization", normalization, normalizations);
  checkWhole(action, "embeddingSize", embeddingSize, 1, mostNumbers);
  checkValue(action, "seed", seed, seedDomain);

  const nodes = nn2Graph(nn2Rows(inputSize), {
    imageShape: inputShape(inputSize),
    embeddingSize,
    normalization,
  });
  return buildModel("NN2", nodes, createRandom(seed));
}
