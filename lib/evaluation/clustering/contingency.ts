import { checkLabels } from "../../digits/labels.ts";
import { checkSomeLabels } from "../embeddings/checks.ts";

/** How two divisions of the same items into groups overlap. */
export interface Contingency {
  /** How many items there are. */
  total: number;
  /** How many items each cluster has. */
  clusterSizes: number[];
  /** How many items each class has. */
  classSizes: number[];
  /** The overlaps that are not empty; rows and columns index the sizes. */
  cells: { cluster: number; class: number; count: number }[];
}

/**
 * Counts how many items each cluster shares with each class. What the labels
 * are does not matter, only which are equal.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If there are no labels, the lists differ in length, or a
 * label is no whole number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { clusterSizes, cells } = countOverlaps("count", [4, 4, 2], [7, 8, 7]);
 * assert.deepEqual(clusterSizes, [2, 1]);
 * assert.deepEqual(cells[2], { cluster: 1, class: 0, count: 1 });
 * ```
 */
export function countOverlaps(
  action: string,
  clusters: ArrayLike<number>,
  classes: ArrayLike<number>,
): Contingency {
  checkSomeLabels(action, classes);
  checkLabels(action, clusters, classes.length);
  const rows = numbered(clusters);
  const columns = numbered(classes);
  const cells = new Map<number, Contingency["cells"][number]>();
  for (let i = 0; i < classes.length; i++) {
    const [row, column] = [rows.of[i]!, columns.of[i]!];
    const key = row * columns.sizes.length + column;
    const cell = cells.get(key);
    if (cell) cell.count++;
    else cells.set(key, { cluster: row, class: column, count: 1 });
  }
  return {
    total: classes.length,
    clusterSizes: rows.sizes,
    classSizes: columns.sizes,
    cells: [...cells.values()],
  };
}

/** Numbers labels from 0 in the order in which they appear. */
function numbered(
  labels: ArrayLike<number>,
): { of: number[]; sizes: number[] } {
  const numbers = new Map<number, number>();
  const sizes: number[] = [];
  const of = Array.from(labels, (label) => {
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    sizes[number] = (sizes[number] ?? 0) + 1;
    return number;
  });
  return { of, sizes };
}
