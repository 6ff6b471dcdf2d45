import fc from "fast-check";
import { rocCurve } from "../../../lib/evaluation/verification/roc.ts";
import {
  areaUnderRoc,
  equalErrorRate,
} from "../../../lib/evaluation/verification/roc_measures.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { candidates, decide, pairLists } from "./pairs.ts";

const { positive, negative, auc, eer } = golden.tiedPairs;
const roc = rocCurve({
  positive: Float32Array.from(positive),
  negative: Float32Array.from(negative),
});

Deno.test("areaUnderRoc() equals scikit-learn's roc_auc_score", () => {
  assertAlmostEquals(areaUnderRoc(roc), auc, 1e-12);
});

Deno.test("areaUnderRoc() is the share of pairs in order, ties counting half", () => {
  fc.assert(fc.property(pairLists, (pairs) => {
    let inOrder = 0;
    for (const near of pairs.positive) {
      for (const far of pairs.negative) {
        inOrder += near < far ? 1 : near === far ? 0.5 : 0;
      }
    }
    assertAlmostEquals(
      areaUnderRoc(rocCurve(pairs)),
      inOrder / pairs.positive.length / pairs.negative.length,
      1e-12,
    );
  }));
});

Deno.test("equalErrorRate() equals the root of SciPy's interpolation", () => {
  assertAlmostEquals(equalErrorRate(roc).rate, eer, 1e-9);
});

Deno.test("equalErrorRate() lies between both errors of every threshold", () => {
  fc.assert(fc.property(pairLists, (pairs) => {
    const { rate, threshold } = equalErrorRate(rocCurve(pairs));
    const gap = (threshold: number) => {
      const { val, far } = decide(pairs, threshold);
      return Math.abs(far - (1 - val));
    };
    for (const other of candidates(pairs)) {
      const { val, far } = decide(pairs, other);
      assert(rate <= Math.max(far, 1 - val) + 1e-12);
      assert(rate >= Math.min(far, 1 - val) - 1e-12);
      assert(gap(threshold) <= gap(other) + 1e-12);
    }
  }));
});

Deno.test("areaUnderRoc() and equalErrorRate() meet their limits exactly and stay in [0, 1]", () => {
  const near = fc.array(fc.integer({ min: 0, max: 1e6 }), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(fc.property(near, near, (near, far) => {
    const low = Float32Array.from(near);
    const high = Float32Array.from(far, (distance) => distance + 1e6 + 1);
    const best = rocCurve({ positive: low, negative: high });
    const worst = rocCurve({ positive: high, negative: low });
    assertEquals([areaUnderRoc(best), equalErrorRate(best).rate], [1, 0]);
    assertEquals([areaUnderRoc(worst), equalErrorRate(worst).rate], [0, 1]);
  }));
  fc.assert(fc.property(pairLists, (pairs) => {
    const roc = rocCurve(pairs);
    for (const share of [areaUnderRoc(roc), equalErrorRate(roc).rate]) {
      assert(share >= 0 && share <= 1);
    }
  }));
});

Deno.test("areaUnderRoc() and equalErrorRate() are 1 and 0 where all is apart", () => {
  const apart = rocCurve({
    positive: Float32Array.of(0, 1),
    negative: Float32Array.of(2, 3),
  });
  assertEquals(areaUnderRoc(apart), 1);
  assertEquals(equalErrorRate(apart), { rate: 0, threshold: 1 });
});
