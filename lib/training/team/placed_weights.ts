import * as tf from "@tensorflow/tfjs";
import { valuesInPlace } from "../../backends/wasm/in_place.ts";
import { namedWeights } from "../../nn2/weights.ts";
import { trainableVariables } from "../step.ts";
import { chooseOwners } from "./owners.ts";

/** A weight of the network and its place in shared memory. */
export interface PlacedWeight {
  /** The same in every thread. */
  name: string;
  variable: tf.Variable;
  /** Where it begins among all weights. */
  start: number;
  /** Where its gradient begins, if training changes it. */
  gradientStart: number | undefined;
  /** The thread that updates it. */
  owner: number;
}

/**
 * Places a network's weights in shared memory: in every thread, for its own
 * copy of the network, alike.
 */
export function placeWeights(
  model: tf.LayersModel,
  threads: number,
): PlacedWeight[] {
  const weights = Object.entries(namedWeights(model));
  const trained = trainableVariables(model);
  const isTrained = (variable: tf.Variable) => variable.name in trained;
  const owners = chooseOwners(
    weights.map(([, variable]) => isTrained(variable) ? variable.size : 0),
    threads,
  );
  const at = { weight: 0, gradient: 0 };
  return weights.map(([name, variable], i) => {
    const start = at.weight;
    const gradientStart = isTrained(variable) ? at.gradient : undefined;
    at.weight += variable.size;
    if (gradientStart !== undefined) at.gradient += variable.size;
    // Moving statistics are the same in all threads; any may write them.
    const owner = gradientStart === undefined ? 0 : owners[i]!;
    return { name, variable, start, gradientStart, owner };
  });
}

/** How many numbers placed weights and their gradients are. */
export function measureWeights(
  placed: readonly PlacedWeight[],
): { weights: number; trained: number } {
  const sum = (of: readonly PlacedWeight[]) =>
    of.reduce((total, { variable }) => total + variable.size, 0);
  const trained = placed.filter(({ gradientStart }) =>
    gradientStart !== undefined
  );
  return { weights: sum(placed), trained: sum(trained) };
}

/** Copies a weight into shared memory. */
export function putWeight(
  weights: Float32Array,
  { variable, start }: PlacedWeight,
): void {
  weights.set(valuesInPlace(variable), start);
}

/** Copies a weight from shared memory. */
export function takeWeight(
  weights: Float32Array,
  { variable, start }: PlacedWeight,
): void {
  const values = weights.subarray(start, start + variable.size);
  const tensor = tf.tensor(values, variable.shape);
  variable.assign(tensor);
  tensor.dispose();
}
