import type { NumberDomain } from "../../numeric/domain.ts";
import { checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Triplets } from "./triplets.ts";

/**
 * Refuses what are not triplets.
 *
 * @param action What is being done, the opening of an error's message.
 * @param count How many images they may name; any number by default.
 * @throws {RangeError} If there are not as many anchors as positives and
 * negatives, or one is not the index of an image.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const triplets = { anchors: [0], positives: [1], negatives: [9] };
 * checkTriplets("compute a loss", triplets);
 * assert.throws(() => checkTriplets("compute a loss", triplets, 3), {
 *   message:
 *     "Cannot compute a loss: expected negatives to be a whole number from 0 to 2 each, got 9 at 0",
 * });
 * ```
 */
export function checkTriplets(
  action: string,
  triplets: Record<keyof Triplets, ArrayLike<number>>,
  count = 2 ** 31,
): void {
  const { anchors, positives, negatives } = optionsOf(action, triplets);
  const index: NumberDomain = { type: "integer", min: 0, max: count - 1 };
  checkList(action, "anchors", anchors, index);
  checkList(action, "positives", positives, index, anchors.length);
  checkList(action, "negatives", negatives, index, anchors.length);
}
