import fc from "fast-check";
import { distanceHistogram } from "../../../lib/plots/figures/distance_histogram.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";

const distances = fc.array(fc.double({ min: 0, max: 4, noNaN: true }), {
  minLength: 1,
  maxLength: 50,
});

Deno.test("distanceHistogram() counts every distance into one bin", () => {
  fc.assert(
    fc.property(
      distances,
      distances,
      fc.integer({ min: 1, max: 30 }),
      (positive, negative, bins) => {
        const { data } = distanceHistogram({ positive, negative }, { bins });
        const end = Math.max(...positive, ...negative) || 1;
        [positive, negative].forEach((values, k) => {
          const shares = data[k]!.y as number[];
          assertEquals(shares.length, bins);
          shares.forEach((share, bin) => {
            const counted = values.filter((value) =>
              Math.min(bins - 1, Math.floor(value / end * bins)) === bin
            );
            assertAlmostEquals(share, counted.length / values.length, 1e-3);
          });
        });
      },
    ),
  );
});

Deno.test("distanceHistogram() stays small for a million pairs", () => {
  const many = new Float32Array(1e6).fill(0.5);
  const figure = distanceHistogram({ positive: many, negative: many });
  assertEquals(JSON.stringify(figure).length < 5000, true);
});

Deno.test("distanceHistogram() begins the margin at the median positive", () => {
  const { layout } = distanceHistogram(
    { positive: [0.1, 0.3, 5], negative: [1] },
    { margin: 0.2 },
  );
  const [band] = layout.shapes as { x0: number; x1: number }[];
  assertEquals([band!.x0, band!.x1], [0.3, 0.5]);
});

Deno.test("distanceHistogram() draws distances that are all 0", () => {
  const { data } = distanceHistogram(
    { positive: [0], negative: [0, 0] },
    { bins: 3 },
  );
  assertEquals(data[1]!.y, [1, 0, 0]);
});

Deno.test("distanceHistogram() refuses what it cannot count", () => {
  const positive = [1];
  const cases: [() => unknown, string][] = [
    [
      () => distanceHistogram({ positive, negative: [] }),
      "expected negative distances, got none",
    ],
    [
      () => distanceHistogram({ positive, negative: [1, NaN] }),
      "expected negative distances to be a number of 0 or more each, got NaN at 1",
    ],
    [
      () => distanceHistogram({ positive: [-1], negative: [1] }),
      "got -1 at 0",
    ],
    [
      () => distanceHistogram({ positive, negative: [1] }, { bins: 0 }),
      "expected bins to be a whole number from 1 to 10000, got 0",
    ],
  ];
  for (const [call, message] of cases) assertThrows(call, RangeError, message);
});
