import * as tf from "@tensorflow/tfjs";
import { namedWeights, setNamedWeights } from "../../nn2/weights.ts";
import type { StoredTensor } from "../../files/safetensors.ts";

/**
 * Copies a model's weights, trained and moving ones, by their names.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layer = tf.layers.dense({ name: "last", units: 1, inputShape: [2] });
 * const weights = copyWeights(tf.sequential({ layers: [layer] }));
 * assert.deepEqual(weights["last/bias"], {
 *   shape: [1],
 *   data: Float32Array.of(0),
 * });
 * ```
 */
export function copyWeights(
  model: tf.LayersModel,
): Record<string, StoredTensor> {
  return Object.fromEntries(
    Object.entries(namedWeights(model)).map(([name, variable]) => [name, {
      shape: variable.shape,
      data: variable.dataSync<"float32">().slice(),
    }]),
  );
}

/**
 * Gives a model the weights that {@linkcode copyWeights} copied.
 *
 * @throws {RangeError} If they are those of another architecture; no weight
 * has changed then.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const create = () => {
 *   const layer = tf.layers.dense({ name: "last", units: 1, inputShape: [2] });
 *   return tf.sequential({ layers: [layer] });
 * };
 * const [from, to] = [create(), create()];
 * pasteWeights(to, copyWeights(from));
 * assert.deepEqual(copyWeights(to), copyWeights(from));
 * ```
 */
export function pasteWeights(
  model: tf.LayersModel,
  weights: Readonly<Record<string, StoredTensor>>,
): void {
  tf.tidy(() =>
    setNamedWeights(
      model,
      Object.fromEntries(
        Object.entries(weights).map(([name, { shape, data }]) => [
          name,
          tf.tensor(data, shape),
        ]),
      ),
    )
  );
}
