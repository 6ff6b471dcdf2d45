import fc from "fast-check";
import { createRandom } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/projections.json" with { type: "json" };
import { assert, assertAlmostEquals } from "../../assert.ts";
import { jointProbabilities } from "./oracle.ts";

const { perplexity, joint } = golden.tSne;

const rowsOf = (points: number[][]) => ({
  values: Float32Array.from(points.flat()),
  count: points.length,
  size: points[0]!.length,
});

/** The probability of one pair. */
function pair(p: Float64Array, count: number, i: number, j: number): number {
  const [low, high] = [Math.min(i, j), Math.max(i, j)];
  let at = 0;
  for (let row = 0; row < low; row++) at += count - 1 - row;
  return p[at + high - low - 1]!;
}

Deno.test("jointProbabilitySteps() equals scikit-learn's", () => {
  const count = golden.points.length;
  const p = jointProbabilities(rowsOf(golden.points), perplexity);
  for (const places of ["10", "50"] as const) {
    joint[places].forEach((expected, i) => {
      const j = (i + Number(places)) % count;
      // It reads distances as float32.
      assertAlmostEquals(pair(p, count, i, j), expected, 1e-8);
    });
  }
});

Deno.test("jointProbabilitySteps() is the mean of Gaussians with the perplexity, found by brute force", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 5, max: 12 }), (seed, count) => {
      const random = createRandom(seed);
      const xs = Array.from({ length: count }, () => random.normal());
      const wanted = 2 + random.uniform();
      const picks = xs.map((x, i) => {
        const weigh = (precision: number) => {
          const weights = xs.map((other, j) =>
            i === j ? 0 : Math.exp(-precision * (x - other) ** 2)
          );
          const sum = weights.reduce((a, b) => a + b);
          return weights.map((weight) => weight / sum);
        };
        const entropy = (p: number[]) =>
          p.reduce((sum, q) => q > 0 ? sum - q * Math.log(q) : sum, 0);
        // Precisions from 10⁻⁴ to 10⁶, and again around the best one.
        let [best, factor] = [10, 1e5];
        for (let zoom = 0; zoom < 8; zoom++) {
          const tried = Array.from(
            { length: 101 },
            (_, t) => best * factor ** (t / 50 - 1),
          );
          const off = (precision: number) =>
            Math.abs(entropy(weigh(precision)) - Math.log(wanted));
          best = tried.reduce((a, b) => off(b) < off(a) ? b : a);
          factor **= 0.05;
        }
        return weigh(best);
      });
      const p = jointProbabilities(rowsOf(xs.map((x) => [x])), wanted);
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < i; j++) {
          const expected = (picks[i]![j]! + picks[j]![i]!) / (2 * count);
          assertAlmostEquals(pair(p, count, i, j), expected, 1e-4);
        }
      }
    }),
    // With the seed 27 one point is far from all others.
    { numRuns: 20, examples: [[27, 6]] },
  );
});

Deno.test("jointProbabilitySteps() sums to 1/2 and stays finite for duplicates and outliers", () => {
  const points = fc.array(
    fc.tuple(fc.constantFrom(0, 1, 1e-9, 1e9, 1e18), fc.constantFrom(0, -5)),
    { minLength: 5, maxLength: 20 },
  );
  fc.assert(fc.property(points, (points) => {
    const p = jointProbabilities(rowsOf(points), 1.3);
    assert(p.every((value) => value >= 0 && value <= 1));
    assertAlmostEquals(p.reduce((a, b) => a + b), 0.5, 1e-9);
  }));
});
