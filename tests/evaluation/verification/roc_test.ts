import fc from "fast-check";
import type { PairDistances } from "../../../lib/evaluation/verification/pair_distances.ts";
import { rocCurve } from "../../../lib/evaluation/verification/roc.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import { assertEquals, assertThrows } from "../../assert.ts";
import { assertNear } from "../embeddings/near.ts";
import { pairLists } from "./pairs.ts";

Deno.test("rocCurve() equals scikit-learn's roc_curve, ties and all", () => {
  const { positive, negative, ...expected } = golden.tiedPairs;
  const roc = rocCurve({
    positive: Float32Array.from(positive),
    negative: Float32Array.from(negative),
  });
  assertEquals([...roc.thresholds], [-Infinity, ...expected.thresholds]);
  assertNear(roc.validationRates, expected.validationRates, 1e-12);
  assertNear(roc.falseAcceptRates, expected.falseAcceptRates, 1e-12);
  assertEquals(roc.positives, positive.length);
  assertEquals(roc.negatives, negative.length);
});

Deno.test("rocCurve() counts the pairs up to each distance that occurs", () => {
  fc.assert(fc.property(pairLists, (pairs) => {
    const roc = rocCurve(pairs);
    const share = (list: Float32Array, threshold: number) =>
      list.filter((distance) => distance <= threshold).length / list.length;
    assertEquals(
      new Set(roc.thresholds),
      new Set([-Infinity, ...pairs.positive, ...pairs.negative]),
    );
    roc.thresholds.forEach((threshold, i) => {
      assertEquals(roc.validationRates[i], share(pairs.positive, threshold));
      assertEquals(roc.falseAcceptRates[i], share(pairs.negative, threshold));
    });
  }));
});

Deno.test("rocCurve() leaves the lists as they are", () => {
  const pairs = {
    positive: Float32Array.of(3, 1, 2),
    negative: Float32Array.of(5, 4),
  };
  rocCurve(pairs);
  assertEquals([...pairs.positive, ...pairs.negative], [3, 1, 2, 5, 4]);
});

Deno.test("rocCurve() refuses bad input and says what came", () => {
  const refuses = (message: string, positive: number[], negative: number[]) => {
    const pairs: PairDistances = {
      positive: Float32Array.from(positive),
      negative: Float32Array.from(negative),
    };
    assertThrows(() => rocCurve(pairs), RangeError, message);
  };
  refuses("pairs of one class and pairs of two, got 0 and 2", [], [1, 2]);
  refuses("got 1 and 0", [1], []);
  refuses("negative distances to be a number of 0 or more each, got NaN", [1], [
    NaN,
  ]);
  refuses("got Infinity", [Infinity], [1]);
  refuses("got -1", [-1], [1]);
});
