import type { Embeddings } from "../../numeric/embeddings.ts";
import { squaredDistance } from "../../triplets/distances/squared_distance.ts";

/** Clusters around centers. */
export interface Assignment {
  /** `[k, size]` */
  centers: Float64Array;
  /** `[count]`, the nearest center of each point; of equally near the first. */
  labels: Int32Array;
  /** `[count]`, the squared distance of each point to that center. */
  distances: Float64Array;
  /** How often the centers moved. */
  iterations: number;
}

/**
 * Improves centers by Lloyd's iteration (Lloyd 1982): every point goes to its
 * nearest center, every center to the mean of its points, until no point changes
 * its cluster.
 *
 * A center without a point moves to the point that is farthest from its own, as
 * in scikit-learn. With fewer distinct points than centers some stay empty.
 *
 * @param start `[k, size]`, where the centers begin.
 * @param iterations How often the centers move at most.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const points = { values: Float32Array.of(0, 1, 8, 9), count: 4, size: 1 };
 * const { centers, labels } = lloyd(points, Float64Array.of(0, 1), 300);
 * assert.deepEqual([...centers], [0.5, 8.5]);
 * assert.deepEqual([...labels], [0, 0, 1, 1]);
 * ```
 */
export function lloyd(
  points: Embeddings,
  start: Float64Array,
  iterations: number,
): Assignment {
  let state = assign(points, start, 0);
  while (state.iterations < iterations) {
    const centers = means(points, state);
    const next = assign(points, centers, state.iterations + 1);
    const settled = state.labels.every((label, i) => label === next.labels[i]);
    state = next;
    if (settled) break;
  }
  return state;
}

function assign(
  points: Embeddings,
  centers: Float64Array,
  iterations: number,
): Assignment {
  const { count, size } = points;
  const labels = new Int32Array(count);
  const distances = new Float64Array(count);
  const k = centers.length / size;
  const ends = { values: centers, size };
  for (let i = 0; i < count; i++) {
    let nearest = Infinity;
    for (let c = 0; c < k; c++) {
      const distance = squaredDistance(points, i, ends, c, nearest);
      if (distance < nearest) {
        nearest = distance;
        labels[i] = c;
      }
    }
    distances[i] = nearest;
  }
  return { centers, labels, distances, iterations };
}

function means(
  { values, count, size }: Embeddings,
  { centers, labels, distances }: Assignment,
): Float64Array {
  const k = centers.length / size;
  const owners = labels.slice();
  const members = new Int32Array(k);
  for (const label of labels) members[label]!++;
  fillEmpty(owners, members, distances);

  const sums = new Float64Array(centers.length);
  for (let i = 0; i < count; i++) {
    const at = owners[i]! * size;
    for (let j = 0; j < size; j++) sums[at + j]! += values[i * size + j]!;
  }
  return sums.map((sum, at) => {
    const share = members[Math.floor(at / size)]!;
    return share > 0 ? sum / share : centers[at]!;
  });
}

/** Gives each cluster without a point the one farthest from its own center. */
function fillEmpty(
  owners: Int32Array,
  members: Int32Array,
  distances: Float64Array,
): void {
  const empty = [...members.keys()].filter((c) => members[c] === 0);
  if (empty.length === 0) return;
  const farthest = [...distances.keys()].filter((i) => distances[i]! > 0)
    .sort((a, b) => distances[b]! - distances[a]!);
  for (const i of farthest) {
    if (empty.length === 0) return;
    // Taken from a cluster that keeps another point.
    if (members[owners[i]!]! < 2) continue;
    members[owners[i]!]!--;
    owners[i] = empty.shift()!;
    members[owners[i]!]!++;
  }
}
