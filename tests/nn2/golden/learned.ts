/** What PyTorch's NN2 learned of a batch, and ours on the current backend. */
import type * as tf from "@tensorflow/tfjs";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { namedWeights } from "../../../lib/nn2/weights.ts";
import { assert, assertEquals } from "../../assert.ts";
import golden from "../../fixtures/nn2_golden.json" with { type: "json" };
import { goldenImages, goldenName, setGoldenWeights } from "./golden.ts";

/** Of the largest value, or of a vector's length. */
export const TOLERANCE = 1e-4;

/** How the network's layers are normalized. */
export type Normalization = "none" | "batch" | "lrn";

/** NN2 with the golden weights. */
export function createGoldenModel(
  normalization: Normalization,
): tf.LayersModel {
  const model = createNN2({ normalization, seed: 0 });
  setGoldenWeights(model, golden[normalization].seed);
  return model;
}

/** The variables by their names in the fixture. */
export function goldenVariables(
  model: tf.LayersModel,
): Record<string, tf.Variable> {
  return Object.fromEntries(
    Object.entries(namedWeights(model)).map((
      [name, variable],
    ) => [goldenName(name), variable]),
  );
}

/** The batch. */
export function images(normalization: Normalization): tf.Tensor4D {
  const { seed, brightness } = golden[normalization];
  return goldenImages(seed, golden.labels, brightness);
}

/** Compares norm, sum and eight entries, relative to the vector's norm. */
export function assertDigest(
  name: string,
  values: Float32Array,
  digest: number[],
  tolerance = TOLERANCE,
): void {
  const [norm, sum, ...entries] = digest as [number, number, ...number[]];
  const near = (what: string, actual: number, expected: number, by: number) =>
    assert(
      Math.abs(actual - expected) <= tolerance * by,
      `${what} of ${name}: expected ${expected} ± ${
        tolerance * by
      }, got ${actual}`,
    );
  near("norm", euclidean(values), norm, norm);
  // As far off as a vector of that length can put its sum.
  const reach = norm * Math.sqrt(values.length);
  near("sum", values.reduce((a, b) => a + b, 0), sum, reach);
  entries.forEach((entry, j) => {
    const i = Math.floor((j + 0.5) * values.length / 8);
    near(`entry ${i}`, values[i]!, entry, norm / Math.sqrt(values.length));
  });
}

/** Batch normalization takes a convolution's bias out again. */
export function assertNoGradient(name: string, gradient: Float32Array): void {
  assertEquals(euclidean(gradient), 0, name);
}

function euclidean(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
