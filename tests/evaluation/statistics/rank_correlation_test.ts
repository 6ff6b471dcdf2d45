import fc from "fast-check";
import { rankCorrelation } from "../../../lib/evaluation/statistics/rank_correlation.ts";
import { assertAlmostEquals, assertThrows } from "../../assert.ts";

Deno.test("rankCorrelation() is 1 − 6 Σd² / (n³ − n) where nothing is tied", () => {
  // Spearman's example of textbooks: IQ against hours of television.
  const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
  const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
  assertAlmostEquals(rankCorrelation(iq, hours), -29 / 165, 1e-12);
});

Deno.test("rankCorrelation() gives equal values the mean of their ranks", () => {
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: Pearson's 4.5 / √(4.5 · 5).
  assertAlmostEquals(
    rankCorrelation([1, 5, 5, 9], [1, 2, 3, 4]),
    4.5 / Math.sqrt(4.5 * 5),
    1e-12,
  );
});

Deno.test("rankCorrelation() knows only the order, and changes sign with it", () => {
  const pairs = fc.array(
    fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })),
    { minLength: 2, maxLength: 40 },
  ).filter((list) =>
    [0, 1].every((side) => new Set(list.map((pair) => pair[side])).size > 1)
  );
  fc.assert(fc.property(pairs, (list) => {
    const [a, b] = [list.map(([x]) => x), list.map(([, y]) => y)];
    const found = rankCorrelation(a, b);
    assertAlmostEquals(rankCorrelation(a.map((x) => x ** 3), b), found, 1e-12);
    assertAlmostEquals(rankCorrelation(b, a), found, 1e-12);
    assertAlmostEquals(rankCorrelation(a.map((x) => -x), b), -found, 1e-12);
    assertAlmostEquals(rankCorrelation(a, a), 1, 1e-12);
  }));
});

Deno.test("rankCorrelation() refuses lists that have no order or do not fit", () => {
  const cases: [number[], number[], string][] = [
    [[1, 1], [1, 2], "expected values that differ, got equal ones alone"],
    [[1], [2], "expected at least two values, got 1"],
    [[1, 2], [1, 2, 3], "expected 2 values, got 3"],
    [[1, NaN], [1, 2], "got NaN at 1"],
  ];
  for (const [a, b, message] of cases) {
    assertThrows(() => rankCorrelation(a, b), RangeError, message);
  }
});
