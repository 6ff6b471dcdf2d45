import * as tf from "@tensorflow/tfjs";
import { record, type Recording } from "../../backends/engine/recording.ts";
import { backboneOf } from "../../nn2/backbone/backbone.ts";

/** What a network is trained on. */
export interface TrainedNetwork {
  /** `[batch, size, size, channels]` → `[batch, n]`. */
  model: tf.LayersModel;
  /** Those of the model that training changes. */
  variables: tf.Variable[];
}

/**
 * A batch's way through a network, and back. Between the two the backend may be
 * waited for: what the way back needs stays, whatever scope of tfjs ends.
 */
export interface ForwardPass {
  /** `[count, size]`, until it is disposed. */
  embeddings: tf.Tensor2D;
  /**
   * Goes back from the gradient in the embeddings, `[count, size]`, to those in
   * the variables, by their names; the caller disposes them. Once.
   */
  backward(gradient: Float32Array): tf.NamedTensorMap;
  /** Frees the embeddings and what is kept for the way back. */
  dispose(): void;
}

/**
 * Passes a batch through a network in training mode: by hand as far as its
 * backbone goes, and by tfjs's tape from there on.
 *
 * @param images `[batch, size, size, channels]`; stay the caller's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const dense = tf.layers.dense({ units: 1, kernelInitializer: "ones" });
 * const model = tf.sequential({
 *   layers: [tf.layers.flatten({ inputShape: [1, 1, 2] }), dense],
 * });
 * const variables = model.weights.map((weight) => weight.read() as tf.Variable);
 * const pass = forwardPass({ model, variables }, tf.ones([3, 1, 1, 2]));
 * assert.deepEqual([...await pass.embeddings.data()], [2, 2, 2]);
 * const [kernel] = Object.values(pass.backward(Float32Array.of(1, 0, 1)));
 * assert.deepEqual(kernel!.arraySync(), [[2], [2]]);
 * pass.dispose();
 * ```
 */
export function forwardPass(
  { model, variables }: TrainedNetwork,
  images: tf.Tensor4D,
): ForwardPass {
  const backbone = backboneOf(model);
  const passed = backbone?.forward(images);
  const taped = backbone ? variablesOf(backbone.head, variables) : variables;
  const sources = passed ? [passed.features, ...taped] : taped;
  const apply = () =>
    passed
      ? applyLayers(backbone!.head, passed.features)
      : model.apply(images, { training: true });
  let recording: Recording<tf.Tensor2D>;
  try {
    recording = record(() => apply() as tf.Tensor2D);
  } catch (error) {
    passed?.dispose();
    tf.dispose(passed?.features ?? []);
    throw error;
  }
  const { output } = recording;
  // The two ways have a scope each.
  const held = [output, ...passed ? [passed.features] : []];
  held.forEach((tensor) => tf.keep(tensor));
  return {
    embeddings: output,
    backward(gradient) {
      const upstream = tf.tensor2d(gradient, output.shape);
      const inSources = recording.backward(sources, upstream);
      upstream.dispose();
      const inFeatures = passed && inSources.shift()!;
      const inBackbone = inFeatures ? passed.backward(inFeatures) : {};
      inFeatures?.dispose();
      const inTaped = new Map(taped.map(({ name }, i) => [name, inSources[i]]));
      return Object.fromEntries(
        variables.flatMap(({ name }) => {
          const found = inTaped.get(name) ?? inBackbone[name];
          return found ? [[name, found]] : [];
        }),
      );
    },
    dispose() {
      recording.dispose();
      passed?.dispose();
      tf.dispose(held);
    },
  };
}

function applyLayers(
  layers: readonly tf.layers.Layer[],
  features: tf.Tensor,
): tf.Tensor {
  return layers.reduce(
    (x, layer) => layer.apply(x, { training: true }) as tf.Tensor,
    features,
  );
}

/** Those of the variables that belong to some layers. */
function variablesOf(
  layers: readonly tf.layers.Layer[],
  variables: tf.Variable[],
): tf.Variable[] {
  const own = new Set(
    layers.flatMap(({ trainableWeights }) =>
      trainableWeights.map((weight) => weight.read())
    ),
  );
  return variables.filter((variable) => own.has(variable));
}
