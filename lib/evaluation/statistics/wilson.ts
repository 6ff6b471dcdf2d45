import { checkWhole } from "../../numeric/domain.ts";

/** A lower and an upper bound. */
export type Interval = readonly [low: number, high: number];

/** The normal distribution's 97.5 % quantile: 2.5 % are left on either side. */
const Z = 1.959963984540054;

/**
 * Computes Wilson's 95 % confidence interval of a share that was counted: the
 * true rates under which such a count would not be a surprise. Unlike the
 * plain mean ± 2 standard errors it is right for rates near 0 and 1, where
 * verification lives, and never leaves [0, 1].
 *
 * It takes the trials to be independent. Pairs that share an image are not, so
 * over all pairs of some images it is too narrow; the spread over folds of
 * disjoint images is not.
 *
 * Source: Wilson 1927, "Probable inference, the law of succession, and
 * statistical inference", without continuity correction, as in SciPy's
 * `BinomTestResult.proportion_ci(method="wilson")`.
 *
 * @param successes How many of the trials, at most all.
 * @param trials How many there were, at least 1.
 * @throws {RangeError} If these are not whole numbers in that range.
 *
 * @example No false accept among 1,000 pairs: the rate may still be 0.38 %
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const [low, high] = wilsonInterval(0, 1000);
 * assert.equal(low, 0);
 * assert.equal(high.toFixed(4), "0.0038");
 * ```
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  const action = "compute Wilson's interval";
  checkWhole(action, "trials", trials, 1, Infinity);
  checkWhole(action, "successes", successes, 0, trials);
  const share = successes / trials;
  const spread = Z * Z / trials;
  const center = (share + spread / 2) / (1 + spread);
  const rest = (trials - successes) / trials;
  const reach = Math.sqrt(spread * (share * rest + spread / 4)) / (1 + spread);
  // The share is inside, at the ends as a bound, but for rounding.
  return [
    successes === 0 ? 0 : Math.min(share, Math.max(0, center - reach)),
    successes === trials ? 1 : Math.max(share, Math.min(1, center + reach)),
  ];
}
