import type { Contingency } from "./contingency.ts";

/** Where rounding has put a quotient above its bound. */
export const atMostOne = (quotient: number) => Math.min(1, quotient);

/** What clusters and classes tell of each other, in nats; never below 0. */
export function mutualInformation(overlaps: Contingency): number {
  const { cells, clusterSizes, classSizes, total } = overlaps;
  const terms = cells.map(({ cluster, class: column, count }) => {
    const product = clusterSizes[cluster]! * classSizes[column]!;
    return count / total * Math.log(total * count / product);
  });
  return Math.max(0, sum(terms));
}

/** What there is to know of a division into groups of these sizes, in nats. */
export function entropy(sizes: number[], total: number): number {
  return sum(sizes.map((size) => size / total * Math.log(total / size)));
}

/**
 * With what each addition rounds away carried on to the next (Kahan 1965): of
 * many groups little is left above chance, and its digits would be lost.
 */
function sum(terms: number[]): number {
  let [total, carried] = [0, 0];
  for (const term of terms) {
    const corrected = term + carried;
    const next = total + corrected;
    carried = corrected - (next - total);
    total = next;
  }
  return total;
}
