import {
  type DistanceMatrix,
  readDistanceMatrix,
} from "../embeddings/distance_matrix.ts";
import type { Dendrogram } from "./dendrogram.ts";

/**
 * Clusters points from the bottom up: each is a cluster at first, and the two
 * nearest clusters become one until one is left. Two clusters are as far apart
 * as their points are on average (average linkage, or UPGMA). FaceNet groups
 * faces like this (Schroff et al. 2015, section 5.8).
 *
 * Given squared distances, a threshold for {@linkcode cutDendrogram} means what
 * it means in verification; scikit-learn's default takes the distances' roots.
 *
 * It follows chains of nearest neighbours (Murtagh 1983): O(n²) time, and 8n²
 * bytes of memory besides the distances, 32 MB for 2,000 points. Of equally near
 * clusters it always takes the same; another choice could give other clusters.
 *
 * @param distances `[n, n]`, such as `squaredDistances` gives; a tensor stays
 * the caller's. What is on the diagonal does not matter.
 * @throws {RangeError} If they are not `[n, n]` of two points or more, there is
 * no room for them, or one off the diagonal is negative, not finite, or another
 * than in the opposite direction by more than 10⁻⁵ of the largest.
 *
 * @example Two pairs on a line
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { squaredDistances } from "../../triplets/distances/distances.ts";
 * import { cutDendrogram } from "./dendrogram.ts";
 *
 * await tf.setBackend("cpu");
 * const distances = squaredDistances(tf.tensor2d([[0], [9], [1], [7]]));
 * const dendrogram = averageLinkage(distances);
 * assert.deepEqual([...dendrogram.heights], [1, 4, (81 + 49 + 64 + 36) / 4]);
 * const clusters = cutDendrogram(dendrogram, { threshold: 4 });
 * assert.deepEqual([...clusters], [0, 1, 0, 1]);
 * ```
 */
export function averageLinkage(distances: DistanceMatrix): Dendrogram {
  const { values, count } = readDistanceMatrix("cluster points", distances, 2);
  return numbered(mergesByChain(values, count), count);
}

/** A merge of the clusters that contain two points. */
interface Merge {
  a: number;
  b: number;
  height: number;
}

/**
 * A chain goes from a cluster to its nearest one and on to that one's nearest.
 * Distances fall along it, so that it ends in two clusters that are each
 * other's nearest. Joining these at once is right: no other merge could bring a
 * third one nearer than they are to each other.
 *
 * @param d `[count, count]`, overwritten. Row `i` belongs to the cluster whose
 * smallest point is `i`.
 */
function mergesByChain(d: Float64Array, count: number): Merge[] {
  const merges: Merge[] = [];
  const sizes = new Float64Array(count).fill(1);
  const alive = Array.from({ length: count }, (_, i) => i);
  const chain: number[] = [];
  while (alive.length > 1) {
    if (chain.length === 0) chain.push(alive[0]!);
    const end = chain.at(-1)!;
    const before = chain.at(-2);
    const next = nearest(d, count, alive, end, before);
    if (next !== before) {
      chain.push(next);
      continue;
    }
    chain.length -= 2;
    const [a, b] = [Math.min(end, next), Math.max(end, next)];
    merges.push({ a, b, height: d[a * count + b]! });
    alive.splice(alive.indexOf(b), 1);
    // The mean over pairs of points: both clusters count by their sizes.
    const share = sizes[a]! / (sizes[a]! + sizes[b]!);
    sizes[a]! += sizes[b]!;
    for (const k of alive) {
      if (k === a) continue;
      const [x, y] = [d[a * count + k]!, d[b * count + k]!];
      // Rounding must not put it below both: the chain relies on that.
      const mean = Math.max(Math.min(x, y), share * x + (1 - share) * y);
      d[a * count + k] = d[k * count + a] = mean;
    }
  }
  return merges;
}

/** Of equally near ones the one before in the chain, or else the smallest. */
function nearest(
  d: Float64Array,
  count: number,
  alive: number[],
  from: number,
  before: number | undefined,
): number {
  const row = from * count;
  let best = before ?? -1;
  let distance = before === undefined ? Infinity : d[row + before]!;
  for (const k of alive) {
    if (k !== from && d[row + k]! < distance) {
      distance = d[row + k]!;
      best = k;
    }
  }
  return best;
}

/** The merges by height, between clusters by number in place of points. */
function numbered(merges: Merge[], count: number): Dendrogram {
  // The chain finds them out of order. Sorted, a cluster still comes after its
  // parts, for heights never fall towards the root and the sort is stable.
  merges.sort((one, other) => one.height - other.height);
  const parent = Int32Array.from({ length: 2 * count - 1 }, (_, i) => i);
  const find = (i: number) => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
    return i;
  };
  const pairs = merges.map(({ a, b }, s) => {
    const pair = [find(a), find(b)];
    parent[pair[0]!] = parent[pair[1]!] = count + s;
    return pair.sort((x, y) => x - y);
  });
  return {
    count,
    first: Int32Array.from(pairs, ([first]) => first!),
    second: Int32Array.from(pairs, ([, second]) => second!),
    heights: Float64Array.from(merges, ({ height }) => height),
  };
}
