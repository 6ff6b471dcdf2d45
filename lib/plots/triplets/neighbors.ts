import { checkLabels } from "../../digits/labels.ts";
import { checkValue, checkWhole } from "../../numeric/domain.ts";
import { checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { notNegative } from "../figures/numbers.ts";
import type { AxisTitles } from "../figures/style.ts";

/** The images of a batch as one of them, the anchor, sees them. */
export interface Neighbors {
  /** `[n]`: how far each image is from the anchor; 0 at the anchor itself. */
  distances: ArrayLike<number>;
  /** `[n]`: the class of each image. */
  labels: ArrayLike<number>;
  /** Which image is the anchor. */
  anchor: number;
}

/** What the bands are, and the axes. */
export interface NeighborOptions extends AxisTitles {
  /** The triplet margin, in the unit of the distances: 0 or more. */
  margin: number;
  /** Where the axis of distances ends; beyond the farthest image by default. */
  end?: number | undefined;
}

/** {@linkcode Neighbors} that have been checked, and how they are drawn. */
export interface CheckedNeighbors extends Neighbors {
  margin: number;
  /** Where the axis of distances ends. */
  end: number;
  titles: AxisTitles;
}

/**
 * Checks what an anchor sees.
 *
 * @throws {RangeError} If sizes differ, a distance is not finite and at least 0,
 * the anchor is no image, or an option is out of range.
 */
export function checkNeighbors(
  action: string,
  neighbors: Neighbors,
  options: NeighborOptions,
): CheckedNeighbors {
  const { distances, labels, anchor } = optionsOf(action, neighbors);
  const { margin, end, ...titles } = optionsOf(action, options);
  checkLabels(action, labels);
  checkList(action, "distances", distances, notNegative, labels.length);
  checkWhole(action, "anchor", anchor, 0, labels.length - 1);
  checkValue(action, "margin", margin, notNegative);
  if (end !== undefined) {
    checkValue(action, "end", end, { type: "number", above: 0 });
  }
  const farthest = Array.from(distances).reduce((a, b) => Math.max(a, b));
  return {
    distances,
    labels,
    anchor,
    margin,
    end: end ?? (1.05 * farthest || 1),
    titles,
  };
}

/**
 * Checks that an image is a positive of the anchor.
 *
 * @throws {RangeError} If it is the anchor, of another class, or no image.
 */
export function checkPositive(
  action: string,
  { labels, anchor }: Neighbors,
  positive: number,
): void {
  checkWhole(action, "positive", positive, 0, labels.length - 1);
  if (positive !== anchor && labels[positive] === labels[anchor]) return;
  refuse(
    action,
    `a positive of the class of anchor ${anchor}, ${labels[anchor]}`,
    `image ${positive} of ${labels[positive]}`,
  );
}
