import * as tf from "@tensorflow/tfjs";
import { checkValue, checkWhole } from "../numeric/domain.ts";
import { optionsOf } from "../numeric/options.ts";
import { createRandom, seedDomain } from "../numeric/random.ts";
import {
  type Convolve,
  createConvolve,
  layerSeed,
  type Normalization,
  normalizations,
} from "./convolution.ts";
import { inception } from "./inception.ts";
import { L2Normalization } from "./layers/l2_normalization.ts";
import { LocalResponseNormalization } from "./layers/local_response_normalization.ts";
import {
  checkInputSize,
  inputShape,
  type InputSize,
  nn2Rows,
  type Row,
} from "./table.ts";

/** The weights of so large an embedding take 256 MiB. */
const mostNumbers = 2 ** 16;

/** What {@linkcode createNN2} makes. */
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

  const random = createRandom(seed);
  const convolve = createConvolve(normalization, random);
  const images = tf.input({ name: "images", shape: inputShape(inputSize) });
  let output = images;
  for (const row of nn2Rows(inputSize)) {
    if (row.type === "norm" && normalization !== "lrn") continue;
    output = row.type === "dense"
      ? embed(output, row.name, embeddingSize, layerSeed(random))
      : append(output, row, convolve);
  }
  return tf.model({ name: "NN2", inputs: images, outputs: output });
}

/** Appends one row of the table that has no setting of its own. */
function append(
  input: tf.SymbolicTensor,
  row: Exclude<Row, { type: "dense" }>,
  convolve: Convolve,
): tf.SymbolicTensor {
  const { name } = row;
  switch (row.type) {
    case "convolution":
      // The only one, on the images.
      return convolve(input, { ...row, inputGradient: false });
    case "inception":
      return inception(input, row, convolve);
    case "norm":
      return new LocalResponseNormalization({ name })
        .apply(input) as tf.SymbolicTensor;
    case "average pool":
      return tf.layers.globalAveragePooling2d({ name })
        .apply(input) as tf.SymbolicTensor;
    case "max pool":
      return tf.layers.maxPooling2d({
        name,
        poolSize: row.size,
        strides: row.stride,
        padding: "same",
      }).apply(input) as tf.SymbolicTensor;
  }
}

/** The last row and, after it, the projection onto the unit sphere. */
function embed(
  input: tf.SymbolicTensor,
  name: string,
  units: number,
  seed: number,
): tf.SymbolicTensor {
  const dense = tf.layers.dense({
    name,
    units,
    kernelInitializer: tf.initializers.glorotUniform({ seed }),
  });
  return new L2Normalization({ name: `${name}_unit_length` })
    .apply(dense.apply(input)) as tf.SymbolicTensor;
}
