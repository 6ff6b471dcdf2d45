/**
 * What a thread of a team does besides computing, for all weights at once.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { addInPlace } from "../../backends/wasm/in_place.ts";
import { createAdam } from "../../training/adam.ts";
import { trainableVariables } from "../../training/step.ts";
import {
  measureWeights,
  placeWeights,
  putWeight,
  takeWeight,
} from "../../training/team/placed_weights.ts";
import { network } from "./work.ts";

/** Adam for all weights. */
export function updating(size: string): () => void {
  const variables = trainableVariables(network(size));
  const adam = createAdam(variables);
  const gradients = Object.fromEntries(
    Object.entries(variables).map((
      [name, { shape }],
    ) => [name, tf.ones(shape)]),
  );
  return () => adam.update(gradients, 1e-9);
}

/** Copies all weights to shared memory. */
export function giving(size: string): () => void {
  const { placed, shared } = share(size);
  return () => placed.forEach((weight) => putWeight(shared, weight));
}

/** Copies all weights from shared memory. */
export function taking(size: string): () => void {
  const { placed, shared } = share(size);
  return () => placed.forEach((weight) => takeWeight(shared, weight));
}

/** Adds to all weights what shared memory has. */
export function adding(size: string): () => void {
  const { placed, shared } = share(size);
  return () =>
    placed.forEach(({ variable, start }) =>
      addInPlace(variable, shared.subarray(start, start + variable.size))
    );
}

function share(size: string) {
  const placed = placeWeights(network(size), 2);
  const { weights } = measureWeights(placed);
  return {
    placed,
    shared: new Float32Array(new SharedArrayBuffer(4 * weights)),
  };
}
