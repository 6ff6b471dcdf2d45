import { UMAP } from "umap-js";
import { checkValue, checkWhole } from "../../numeric/domain.ts";
import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { turnOfOthers } from "../../numeric/turn.ts";

/** The defaults are those of Python's umap-learn for up to 10,000 points. */
export interface UmapOptions {
  /** Draws where points begin and which of them push each other away. */
  random: Random;
  /** Of the picture, from 1 to 3 and the embeddings' own; 2 by default. */
  dimensions?: number;
  /**
   * How many neighbours a point is held by, itself included, from 2 to n − 1:
   * few show details, many the whole; 15 by default.
   */
  neighbours?: number;
  /** How near points may come to each other, from 0 to 1; 0.1 by default. */
  minDistance?: number;
  /** How often the neighbours are gone through; 500 by default. */
  epochs?: number;
  /** Called after every tenth epoch and the last one, and waited for. */
  onProgress?: (done: number, total: number) => void | Promise<void>;
}

/** Only who is whose neighbour means something, not where the axes lie. */
export interface Umap {
  /** `[n, dimensions]` */
  points: Embeddings;
}

/**
 * Projects embeddings so that a graph of their nearest neighbours is kept: UMAP
 * (McInnes, Healy & Melville 2018) as the package umap-js has it, which begins
 * at random points and not at the graph's spectrum. 2,000 points take about four
 * seconds on one core; the neighbours are searched for approximately, by the
 * same random numbers, so that a seed repeats the result.
 *
 * After every tenth epoch other work has its turn.
 *
 * @param embeddings Of n images; a tensor `[n, size]` stays the caller's.
 * @throws {RangeError} If there are fewer than 3, one is not finite, or an
 * option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[0, 1], [1, 0], [8, 9], [9, 8], [9, 9]]);
 * const project = () =>
 *   umap(embeddings, { random: createRandom(1), neighbours: 3, epochs: 20 });
 * const [once, again] = [await project(), await project()];
 * assert.deepEqual([once.points.count, once.points.size], [5, 2]);
 * assert.deepEqual(once, again);
 * ```
 */
export async function umap(
  embeddings: EmbeddingsOrTensor,
  options: UmapOptions,
): Promise<Umap> {
  const action = "project by UMAP";
  const { random, dimensions = 2, neighbours = 15, epochs = 500 } = optionsOf(
    action,
    options,
  );
  checkRandom(action, random);
  const { minDistance = 0.1, onProgress } = options;
  const { values, count, size } = readEmbeddings(embeddings, action);
  const others = "the other embeddings";
  checkWhole(action, "the number of embeddings", count, 3, Infinity);
  checkWhole(action, "dimensions", dimensions, 1, Math.min(3, size));
  checkWhole(action, "neighbours", neighbours, 2, count - 1, others);
  checkWhole(action, "epochs", epochs, 1, Infinity);
  checkValue(action, "minDistance", minDistance, share);
  const model = new UMAP({
    random: random.uniform,
    nComponents: dimensions,
    nNeighbors: neighbours,
    minDist: minDistance,
    nEpochs: epochs,
  });
  model.initializeFit(Array.from(
    { length: count },
    (_, i) => Array.from(values.subarray(i * size, (i + 1) * size)),
  ));
  for (let epoch = 1; epoch <= epochs; epoch++) {
    model.step();
    if (epoch % 10 !== 0 && epoch !== epochs) continue;
    await onProgress?.(epoch, epochs);
    await turnOfOthers();
  }
  const projected = Float32Array.from(model.getEmbedding().flat());
  return { points: { values: projected, count, size: dimensions } };
}

const share = { type: "number", min: 0, max: 1 } as const;
