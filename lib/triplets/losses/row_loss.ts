import * as tf from "@tensorflow/tfjs";
import { allFinite } from "../batch/batch.ts";
import type { MeanLoss } from "./mean_loss.ts";
import { findPenalty } from "./penalty.ts";
import { rowsOf } from "../batch/rows.ts";
import { ACTIVE, COUNT, type Rule, SUM } from "../mining/rule.ts";
import type { LossOptions } from "../batch/triplets.ts";

/**
 * The mean loss of the triplets that a rule chooses, row by row in JavaScript:
 * the distances are read back once, and no triplet is kept. For a backend on
 * the processor that is many times faster than {@linkcode Rule.graph}.
 *
 * @param distances `[n, n]`; stays the caller's.
 * @returns Tensors that the caller disposes; NaN if a distance is not finite.
 */
export function rowLoss(
  rule: Rule,
  distances: tf.Tensor2D,
  labels: Int32Array,
  options: LossOptions,
): MeanLoss {
  const values = distances.dataSync<"float32">();
  const slopes = new Float32Array(values.length);
  const sums = new Float64Array(3);
  if (allFinite(values)) addRows(rule, values, labels, options, slopes, sums);
  else sums.fill(NaN);
  const count = sums[options.mean === "active" ? ACTIVE : COUNT]!;
  const divisor = Math.max(1, count);
  const loss = {
    value: tf.scalar(sums[SUM]! / divisor),
    slopes: tf.tensor2d(slopes, distances.shape),
    share: tf.scalar(1 / divisor),
  };
  // On wasm both arrays are copies. A garbage collector sees little reason to
  // hurry, and n² numbers of each batch would pile up.
  if (tf.getBackend() === "wasm") {
    for (const { buffer } of [values, slopes]) {
      (buffer as ArrayBuffer).transfer(0);
    }
  }
  return loss;
}

/** The sums are in an array, as a variable that a closure changes is boxed. */
function addRows(
  { choose, sumHinges }: Rule,
  distances: Float32Array,
  labels: Int32Array,
  options: LossOptions,
  slopes: Float32Array,
  sums: Float64Array,
): void {
  const count = labels.length;
  const { margin, penalty } = options;
  const { value, slope } = findPenalty(penalty);
  const take = (anchor: number, positive: number, negative: number) => {
    const toPositive = anchor * count + positive;
    const toNegative = anchor * count + negative;
    const gap = distances[toPositive]! + margin - distances[toNegative]!;
    const steepness = slope(gap);
    sums[COUNT]!++;
    if (steepness === 0) return;
    sums[ACTIVE]!++;
    sums[SUM]! += value(gap);
    slopes[toPositive]! += steepness;
    slopes[toNegative]! -= steepness;
  };
  for (const row of rowsOf({ count, distances, labels })) {
    if (sumHinges && penalty !== "soft-margin") {
      const start = row.image * count;
      sumHinges(row, margin, slopes.subarray(start, start + count), sums);
    } else {
      choose(row, take, options);
    }
  }
}
