import * as tf from "@tensorflow/tfjs";
import { optionsOf } from "../numeric/options.ts";
import { refuse, shown } from "../numeric/refuse.ts";

/**
 * The variables of a model by name, from the first layer to the last:
 * `conv1/kernel`, `conv1/bias`, `conv1/gamma`, …
 *
 * The names are the same for every model of one architecture (a variable's own
 * name is not: tfjs adds a number to keep two models apart). The variables
 * remain the model's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layer = tf.layers.dense({ name: "last", units: 2, inputShape: [3] });
 * const model = tf.sequential({ layers: [layer] });
 * assert.deepEqual(Object.keys(namedWeights(model)), [
 *   "last/kernel",
 *   "last/bias",
 * ]);
 * ```
 */
export function namedWeights(
  model: tf.LayersModel,
): Record<string, tf.Variable> {
  return Object.fromEntries(
    model.layers.flatMap((layer) => layer.weights).map((weight) => [
      weight.originalName,
      weight.read() as tf.Variable,
    ]),
  );
}

/**
 * Gives a model the weights of a record with exactly its names and shapes, as
 * {@linkcode namedWeights} lists them. The values are copied: the caller still
 * disposes its tensors.
 *
 * @throws {RangeError} If the record belongs to another architecture; the
 * message says what differs first, and no weight has changed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layer = tf.layers.dense({ name: "last", units: 1, inputShape: [1] });
 * const model = tf.sequential({ layers: [layer] });
 * setNamedWeights(model, {
 *   "last/kernel": tf.tensor2d([[2]]),
 *   "last/bias": tf.tensor1d([1]),
 * });
 * const y = model.predict(tf.tensor2d([[3]])) as tf.Tensor;
 * assert.equal(y.dataSync()[0], 7);
 * ```
 */
export function setNamedWeights(
  model: tf.LayersModel,
  weights: Readonly<Record<string, tf.Tensor>>,
): void {
  const action = "set the weights, which belong to another architecture";
  optionsOf("set the weights", weights);
  const variables = Object.entries(namedWeights(model));
  const names = new Set(variables.map(([name]) => name));
  for (const [name, variable] of variables) {
    const given = weights[name];
    const wanted = `${name} as ${described(variable)}`;
    if (!given) refuse(action, wanted, "none");
    const got = given.shape ? described(given) : shown(given);
    if (got !== described(variable)) refuse(action, wanted, got);
  }
  for (const name of Object.keys(weights)) {
    if (!names.has(name)) refuse(action, `no ${name}`, "one");
  }
  for (const [name, variable] of variables) {
    // A real copy: assigning shares the memory, and an optimizer may work in
    // place.
    const copy = tf.mul(weights[name]!, 1);
    variable.assign(copy);
    copy.dispose();
  }
}

function described({ dtype, shape }: tf.Tensor): string {
  return `${dtype} [${shape}]`;
}
