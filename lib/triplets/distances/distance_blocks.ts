import type { Embeddings } from "../../numeric/embeddings.ts";
import { refuse } from "../../numeric/refuse.ts";
import { rowProducts } from "./products.ts";
import { mostSquared, squaredLength } from "./squared_distance.ts";

/** How many distances are in memory at once: 16 MB of them. */
const BLOCK = 2 ** 22;

/** Some rows of a distance matrix. */
export interface DistanceBlock {
  /** The first query. */
  first: number;
  /** The distance of query a and b of the gallery at `(a - first) * count + b`. */
  distances: Float32Array;
}

/**
 * Computes the squared distances of queries to a gallery a few rows at a time.
 * The whole matrix never exists: beside the embeddings there is one block of
 * 16 MB, or one row where that is more.
 *
 * As in `squaredDistances` the distances come from products of points moved by
 * the gallery's first one. They are within 10⁻⁶ of the two points' squared
 * distances from it, exact on a grid of whole numbers, and equal for duplicates
 * in the gallery; never negative, nor between unit vectors above 4.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If the sizes differ, or the values are too large for
 * float32 to hold their distances.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const line = { values: Float32Array.of(0, 1, 3), count: 3, size: 1 };
 * const [block] = distanceBlocks("look", line, line);
 * assert.deepEqual([...block!.distances], [0, 1, 9, 1, 0, 4, 9, 4, 0]);
 * ```
 */
export function* distanceBlocks(
  action: string,
  queries: Embeddings,
  gallery: Embeddings,
): Generator<DistanceBlock> {
  const { count, size } = gallery;
  if (queries.size !== size) {
    refuse(
      action,
      `embeddings of size ${size}, that of the gallery`,
      `${queries.size}`,
    );
  }
  const from = movedPoints(action, queries, gallery);
  const to = movedPoints(action, gallery, gallery);
  const most = mostSquared(queries, gallery);
  const height = Math.max(1, Math.floor(BLOCK / count));
  for (let first = 0; first < queries.count; first += height) {
    const rows = from.values.subarray(first * size, (first + height) * size);
    const products = rowProducts(rows, to.values, size);
    for (let start = 0, a = first; start < products.length; a++) {
      const norm = from.norms[a]!;
      for (let b = 0; b < count; b++, start++) {
        const distance = norm + to.norms[b]! - 2 * products[start]!;
        products[start] = distance > 0
          ? (distance < most ? distance : most)
          : 0;
      }
    }
    yield { first, distances: products };
  }
}

/**
 * Visits each query's squared distances to a gallery, one row after the other,
 * as {@linkcode distanceBlocks} computes them.
 *
 * @param visit Gets the distances in the order of the gallery, and the query's
 * index. The array is its own until it returns.
 * @throws {RangeError} As `distanceBlocks`.
 */
export function forEachDistanceRow(
  action: string,
  queries: Embeddings,
  gallery: Embeddings,
  visit: (distances: Float32Array, query: number) => void,
): void {
  const { count } = gallery;
  for (const { first, distances } of distanceBlocks(action, queries, gallery)) {
    for (let at = 0; at < distances.length; at += count) {
      visit(distances.subarray(at, at + count), first + at / count);
    }
  }
}

/**
 * Computes the squared distances of all pairs at once.
 *
 * @returns `[count, count]`; what is on the diagonal, and between the two halves,
 * is rounding.
 * @throws {RangeError} As `distanceBlocks`.
 */
export function distanceMatrix(
  action: string,
  embeddings: Embeddings,
): Float32Array {
  const { count } = embeddings;
  const matrix = new Float32Array(count * count);
  forEachDistanceRow(
    action,
    embeddings,
    embeddings,
    (distances, row) => matrix.set(distances, row * count),
  );
  return matrix;
}

/** The points as seen from the gallery's first, and their squared lengths. */
function movedPoints(
  action: string,
  { values, count, size }: Embeddings,
  gallery: Embeddings,
): { values: Float32Array; norms: Float64Array } {
  const moved = values.map((value, at) => value - gallery.values[at % size]!);
  const points = { values: moved, count, size };
  const norms = Float64Array.from(
    { length: count },
    (_, i) => squaredLength(points, i),
  );
  // Two points are at most four times as far as either is from the first.
  const tooFar = norms.findIndex((norm) =>
    !Number.isFinite(Math.fround(4 * norm))
  );
  if (tooFar >= 0) {
    const expected = "embeddings whose squared distances float32 can hold";
    refuse(action, expected, `${norms[tooFar]} in row ${tooFar}`);
  }
  return { values: moved, norms };
}
