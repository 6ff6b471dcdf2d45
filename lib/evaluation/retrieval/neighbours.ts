import { checkWhole } from "../../numeric/domain.ts";
import { checkRoom } from "../../numeric/shape.ts";
import {
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { forEachDistanceRow } from "../../triplets/distances/distance_blocks.ts";
import {
  mostSquared,
  squaredDistance,
} from "../../triplets/distances/squared_distance.ts";
import { nearestFinder } from "./nearest.ts";

/** At most as many neighbours as the gallery holds, without the query. */
export interface NeighbourOptions {
  /** How many neighbours of each query. */
  k: number;
  /**
   * Where they are looked for; a tensor `[m, size]` stays the caller's. By default
   * among the queries themselves, each without itself ("leave one out").
   */
  gallery?: EmbeddingsOrTensor;
}

/** The nearest neighbours of each query, nearest first. */
export interface Neighbours {
  /** How many each query has. */
  k: number;
  /** How many there were to choose from, the query itself included. */
  galleryCount: number;
  /** `[n, k]`, rows of the gallery. */
  indices: Int32Array;
  /** `[n, k]`, the squared Euclidean distances to them; between unit vectors in
   * [0, 4]. */
  distances: Float32Array;
}

/**
 * Finds the k nearest neighbours of each embedding by squared Euclidean
 * distance: all of them, by comparing with the whole gallery.
 *
 * The candidates are compared by matrix products, 16 MB of distances at a time, which are right to about 10⁻⁶ for unit vectors; the
 * chosen ones are then measured in double precision and put in order. Of
 * equally near ones the lower index comes first.
 *
 * @param queries Of n images; a tensor `[n, size]` stays the caller's.
 * @throws {RangeError} If queries or gallery are not of rank 2, there are none, one is
 * not finite, their sizes differ, the gallery has fewer than k others, or memory
 * could not hold so many neighbours.
 *
 * @example Points on a line
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const points = tf.tensor2d([[0], [1], [3]]);
 * const { indices, distances } = findNeighbours(points, { k: 2 });
 * assert.deepEqual([...indices], [1, 2, 0, 2, 1, 0]);
 * assert.deepEqual([...distances], [1, 9, 1, 4, 4, 9]);
 *
 * const query = tf.tensor2d([[2]]);
 * const nearest = findNeighbours(query, { k: 1, gallery: points });
 * assert.deepEqual([...nearest.indices], [1]);
 * ```
 */
export function findNeighbours(
  queries: EmbeddingsOrTensor,
  options: NeighbourOptions,
): Neighbours {
  const action = "find neighbours";
  const { k, gallery } = optionsOf(action, options);
  const isOwn = gallery === undefined;
  const from = readEmbeddings(queries, action);
  const to = isOwn ? from : readEmbeddings(gallery, action);
  if (!isOwn) checkWhole(action, "k", k, 1, to.count, "the gallery's size");
  else checkWhole(action, "k", k, 1, to.count - 1, "the other embeddings");
  checkRoom(action, "neighbours", [from.count, k]);
  const most = mostSquared(from, to);
  const indices = new Int32Array(from.count * k);
  const distances = new Float32Array(from.count * k);
  const nearest = nearestFinder(action, to.count);
  forEachDistanceRow(action, from, to, (row, query) => {
    if (isOwn) row[query] = Infinity;
    const measured = Array.from(
      nearest(row, k),
      (index) => ({ index, distance: squaredDistance(from, query, to, index) }),
    );
    measured.sort((a, b) => a.distance - b.distance || a.index - b.index);
    for (const [place, found] of measured.entries()) {
      indices[query * k + place] = found.index;
      distances[query * k + place] = Math.min(most, found.distance);
    }
  });
  return { k, galleryCount: to.count, indices, distances };
}

/**
 * Refuses what are not neighbours.
 *
 * @throws {RangeError} If they are not k images of the gallery for each query.
 */
export function checkNeighbours(action: string, neighbours: Neighbours): void {
  const { k, galleryCount, indices } = optionsOf(action, neighbours);
  checkWhole(action, "galleryCount", galleryCount, 1, Infinity);
  checkWhole(action, "the neighbours' k", k, 1, galleryCount);
  const index = { type: "integer", min: 0, max: galleryCount - 1 } as const;
  checkSome(action, "indices", indices);
  checkList(action, "indices", indices, index);
  if (indices.length % k === 0) return;
  refuse(action, `${k} indices for each query`, `${indices.length}`);
}
