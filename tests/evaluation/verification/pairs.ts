import fc from "fast-check";
import type { PairDistances } from "../../../lib/evaluation/verification/pair_distances.ts";

const distances = fc.array(fc.integer({ min: 0, max: 12 }), {
  minLength: 1,
  maxLength: 20,
}).map((list) => Float32Array.from(list, (value) => value / 4));

/** Distances of a few pairs of either kind, with many ties. */
export const pairLists: fc.Arbitrary<PairDistances> = fc.record({
  positive: distances,
  negative: distances,
});

/** The thresholds that tell these pairs apart. */
export function candidates({ positive, negative }: PairDistances): number[] {
  const values = new Set([-Infinity, ...positive, ...negative]);
  return [...values].sort((a, b) => a - b);
}

/** What a threshold does, counted pair by pair. */
export function decide(
  { positive, negative }: PairDistances,
  threshold: number,
): { val: number; far: number; accuracy: number } {
  const accepted = positive.filter((d) => d <= threshold).length;
  const wrongly = negative.filter((d) => d <= threshold).length;
  return {
    val: accepted / positive.length,
    far: wrongly / negative.length,
    accuracy: (accepted + negative.length - wrongly) /
      (positive.length + negative.length),
  };
}
