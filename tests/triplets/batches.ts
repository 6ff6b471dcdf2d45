import fc from "fast-check";
import type { TripletLossOptions } from "../../lib/triplets/losses/options.ts";

/**
 * Small batches for properties. Points lie on a coarse grid, so that ties and
 * duplicates abound and every distance is exact in float32.
 */
export const batches: fc.Arbitrary<{ rows: number[][]; labels: number[] }> = fc
  .array(
    fc.record({
      row: fc.tuple(
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -3, max: 3 }),
      ),
      label: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((items) => ({
    rows: items.map(({ row }) => row.map((x) => x / 2)),
    labels: items.map(({ label }) => label),
  }));

/** The same with embeddings of length 1, of five directions. */
export const unitBatches: typeof batches = batches.map(({ rows, labels }) => ({
  rows: rows.map(([x]) => {
    const angle = x! * Math.PI / 3;
    return [Math.cos(angle), Math.sin(angle)];
  }),
  labels,
}));

/** All ways to weigh triplets. */
export const weightings: fc.Arbitrary<TripletLossOptions> = fc.record({
  lossFunction: fc.constantFrom("hinge" as const, "soft-margin" as const),
  mean: fc.constantFrom("all" as const, "active" as const),
});

/** Margins that are exact in float32. */
export const margins: fc.Arbitrary<number> = fc.constantFrom(
  0,
  0.25,
  0.5,
  1,
  3,
);

/**
 * pytorch-metric-learning's fixture of nine points on a line, written in
 * unary: squared distances between these rows are the gaps on the line.
 */
export const line = {
  rows: Array.from(
    { length: 9 },
    (_, i) => Array.from({ length: 8 }, (_, j) => j < i ? 1 : 0),
  ),
  labels: [0, 0, 1, 1, 0, 2, 1, 1, 1],
};
