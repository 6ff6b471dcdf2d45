import type { Embeddings } from "../../numeric/embeddings.ts";
import { allFinite } from "../../numeric/finite.ts";
import type { Take } from "../batch/list.ts";
import { ACTIVE, COUNT, SUM } from "../miners/miner.ts";
import { findLossFunction } from "./loss_function.ts";
import type { Weighting } from "./options.ts";
import { pairwise } from "../distances/pairwise.ts";

/** A loss and its gradient in the embeddings. */
export interface LossAndGradient {
  loss: number;
  /** `[count, size]`, row by row. */
  gradient: Float32Array;
}

/** What the triplets of a batch cost together. */
export interface TripletSums {
  /** The distances of all pairs of the batch, `[count, count]`. */
  distances: Float32Array;
  /** Adds a triplet. */
  take: Take;
  /** The derivative of the sum in each distance. */
  slopes: Float32Array;
  /** The sum, and how many triplets there are and are active. */
  totals: Float64Array;
  /** The mean; nothing can be added after that. */
  mean(): LossAndGradient;
}

/**
 * Begins a sum over triplets of a batch, with none of them.
 *
 * @returns Nothing if an embedding or a distance is not finite.
 */
export function createTripletSums(
  embeddings: Embeddings,
  { margin, metric, lossFunction, mean }: Weighting,
): TripletSums | undefined {
  const { values, count } = embeddings;
  const pairs = pairwise(metric, embeddings);
  const { distances } = pairs;
  if (!allFinite(values) || !allFinite(distances)) return undefined;
  const { value, slope } = findLossFunction(lossFunction);
  const slopes = new Float32Array(distances.length);
  // In an array, as a variable that a closure changes is boxed.
  const totals = new Float64Array(3);
  const take: Take = (anchor, positive, negative) => {
    const toPositive = anchor * count + positive;
    const toNegative = anchor * count + negative;
    const gap = distances[toPositive]! + margin - distances[toNegative]!;
    const steepness = slope(gap);
    totals[COUNT]!++;
    if (steepness === 0) return;
    totals[ACTIVE]!++;
    totals[SUM]! += value(gap);
    slopes[toPositive]! += steepness;
    slopes[toNegative]! -= steepness;
  };
  return {
    distances,
    take,
    slopes,
    totals,
    mean() {
      const divisor = Math.max(1, totals[mean === "active" ? ACTIVE : COUNT]!);
      const gradient = pairs.gradient(slopes, 1 / divisor);
      // A garbage collector sees little reason to hurry, and count² numbers of
      // each batch would pile up.
      for (const { buffer } of [distances, slopes]) {
        (buffer as ArrayBuffer).transfer(0);
      }
      return { loss: totals[SUM]! / divisor, gradient };
    },
  };
}

/** What a loss is where an embedding is no number. */
export function lossOfNaN({ values }: Embeddings): LossAndGradient {
  return { loss: NaN, gradient: new Float32Array(values.length).fill(NaN) };
}
