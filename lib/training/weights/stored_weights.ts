import * as tf from "@tensorflow/tfjs";
import { namedWeights, setNamedWeights } from "../../nn2/weights.ts";
import type { StoredTensor } from "../../files/safetensors.ts";
import { copyValues } from "../../numeric/tensor_values.ts";

/**
 * Copies the weights that a model has at the call, trained and moving ones, by their
 * names.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layer = tf.layers.dense({ name: "last", units: 1, inputShape: [2] });
 * const weights = await copyWeights(tf.sequential({ layers: [layer] }));
 * assert.deepEqual(weights["last/bias"], {
 *   shape: [1],
 *   data: Float32Array.of(0),
 * });
 * ```
 */
export async function copyWeights(
  model: tf.LayersModel,
): Promise<Record<string, StoredTensor>> {
  const copies = Object.entries(namedWeights(model)).map(
    async ([name, variable]) => {
      const { shape } = variable;
      return [name, { shape, data: await copyValues(variable) }] as const;
    },
  );
  return Object.fromEntries(await Promise.all(copies));
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
 * pasteWeights(to, await copyWeights(from));
 * assert.deepEqual(await copyWeights(to), await copyWeights(from));
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
