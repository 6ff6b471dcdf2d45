import * as tf from "@tensorflow/tfjs";
import { withinMemory } from "../../backends/out_of_memory.ts";
import { checkImages } from "../../nn2/check_images.ts";
import { networkEmbed } from "../../nn2/embed.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { type Trunk, trunkOf } from "../../nn2/backbone/backbone.ts";

/** What {@linkcode lossAndGradients} differentiates. */
export interface Differentiable {
  /** `[batch, size, size, channels]` → `[batch, n]`. */
  model: tf.LayersModel;
  /** Those of the model that training changes. */
  variables: tf.Variable[];
  /** They stay the caller's. */
  images: tf.Tensor4D;
  /** Of all embeddings of the batch. */
  loss: (embeddings: tf.Tensor2D) => tf.Scalar;
  /** How many images are in memory at once (all by default). */
  partSize?: number | undefined;
}

/** A loss and its gradients by the names of the variables; the caller disposes them. */
export type LossAndGradients = {
  value: tf.Scalar;
  grads: tf.NamedTensorMap;
};

/**
 * The loss of a batch and its gradients in a model's weights.
 *
 * With a `partSize` a batch may be larger than memory: all parts are embedded,
 * the loss of all embeddings gives its gradient in each, and every part is then
 * embedded once more to carry it on to the weights. The sum is the same, if no
 * layer mixes the images of a batch as batch normalization does.
 *
 * @throws {RangeError} If the model takes other images, `partSize` is not a whole
 * number above 0, or the batch, or a part, does not fit into memory: then with how
 * many images would.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const model = tf.sequential({
 *   layers: [tf.layers.flatten({ inputShape: [1, 1, 2] }), tf.layers.dense({ units: 1 })],
 * });
 * const images = tf.ones<tf.Rank.R4>([3, 1, 1, 2]);
 * const loss = (embeddings: tf.Tensor2D) => tf.sum<tf.Scalar>(embeddings);
 * const variables = model.weights.map((weight) => weight.read() as tf.Variable);
 * const task = { model, variables, images, loss, partSize: 2 };
 * const { grads } = lossAndGradients(task);
 * assert.deepEqual(Object.values(grads)[0]!.arraySync(), [[3], [3]]);
 * ```
 */
export function lossAndGradients(task: Differentiable): LossAndGradients {
  const action = "train on this batch";
  checkImages(action, task.model, task.images);
  const { images: { shape: [count] }, partSize = count } = task;
  checkWhole(action, "partSize", partSize, 1, Infinity);
  return partSize < count ? inParts(task, partSize) : atOnce(task);
}

function atOnce(
  { model, variables, images, loss }: Differentiable,
): LossAndGradients {
  const trunk = trunkOf(model);
  const differentiate = (images: tf.Tensor4D, loss: Differentiable["loss"]) =>
    trunk
      ? byHand(trunk, variables, images, loss)
      : byTape(model, variables, images, loss);
  return withinMemory({
    action: "train on",
    images,
    run: () => differentiate(images, loss),
    sample: (images) =>
      keepingStatistics(model, () => differentiate(images, (x) => tf.sum(x))),
  });
}

/** By tfjs's tape, which goes back through whatever the layers do. */
function byTape(
  model: tf.LayersModel,
  variables: tf.Variable[],
  images: tf.Tensor4D,
  loss: Differentiable["loss"],
): LossAndGradients {
  const embed = () => model.apply(images, { training: true }) as tf.Tensor2D;
  const { value, grads } = tf.variableGrads(() => loss(embed()), variables);
  return { value, grads };
}

/** By tfjs's tape for the last layers and the loss alone. */
function byHand(
  trunk: Trunk,
  variables: tf.Variable[],
  images: tf.Tensor4D,
  loss: Differentiable["loss"],
): LossAndGradients {
  const { features, backward, dispose } = trunk.forward(images);
  try {
    const inHead = variables.filter((variable) =>
      trunk.head.some(({ trainableWeights }) =>
        trainableWeights.some((weight) => weight.read() === variable)
      )
    );
    const embed = () =>
      trunk.head.reduce<tf.Tensor>(
        (x, layer) => layer.apply(x, { training: true }) as tf.Tensor,
        features,
      ) as tf.Tensor2D;
    const { value, grads: [dFeatures, ...headGrads] } = tf.engine().gradients(
      () => loss(embed()),
      [features, ...inHead],
    );
    const grads = {
      ...backward(dFeatures!),
      ...Object.fromEntries(
        inHead.map(({ name }, i) => [name, headGrads[i]!]),
      ),
    };
    const wanted = variables.map(({ name }) => [name, grads[name]!] as const);
    return { value: value as tf.Scalar, grads: Object.fromEntries(wanted) };
  } finally {
    dispose();
  }
}

function inParts(
  { model, variables, images, loss }: Differentiable,
  partSize: number,
): LossAndGradients {
  const [count] = images.shape;
  const starts = Array.from(
    { length: Math.ceil(count / partSize) },
    (_, part) => part * partSize,
  );
  const partOf = <T extends tf.Tensor>(tensor: T, start: number): T =>
    tf.slice(tensor, start, Math.min(partSize, count - start));
  const embed = networkEmbed(model);
  return tf.tidy(() => {
    const embeddings = tf.concat(
      starts.map((start) => tf.tidy(() => embed(partOf(images, start)))),
    );
    const { value, grad } = tf.valueAndGrad((x) => loss(x as tf.Tensor2D))(
      embeddings,
    );
    const grads = starts.reduce<tf.NamedTensorMap | undefined>(
      (sum, start) => {
        const part = partOf(images, start);
        const upstream = partOf(grad, start);
        const along = (embeddings: tf.Tensor2D) =>
          tf.sum<tf.Scalar>(tf.mul(embeddings, upstream));
        const next = atOnce({ model, variables, images: part, loss: along });
        part.dispose();
        next.value.dispose();
        return sum ? added(sum, next.grads) : next.grads;
      },
      undefined,
    )!;
    return { value: value as tf.Scalar, grads };
  });
}

/** The sums of two records of gradients, which it disposes. */
function added(a: tf.NamedTensorMap, b: tf.NamedTensorMap): tf.NamedTensorMap {
  const sums = Object.entries(a).map(([name, tensor]) => [
    name,
    tf.add(tensor, b[name]!),
  ]);
  tf.dispose([a, b]);
  return Object.fromEntries(sums);
}

/** Undoes what some work does to running averages of batch normalization. */
function keepingStatistics(model: tf.LayersModel, work: () => void): void {
  const before = model.nonTrainableWeights.map((weight) =>
    weight.read().arraySync()
  );
  try {
    work();
  } finally {
    model.nonTrainableWeights.forEach((weight, i) =>
      tf.tidy(() => void weight.write(tf.tensor(before[i]!)))
    );
  }
}
