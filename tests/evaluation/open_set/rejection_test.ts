import fc from "fast-check";
import { countAccepted } from "../../../lib/evaluation/verification/accepted.ts";
import type { OpenSetCurve } from "../../../lib/evaluation/open_set/open_set.ts";
import {
  applyRejection,
  chooseRejection,
  rejectStrangers,
  STRANGER,
} from "../../../lib/evaluation/open_set/rejection.ts";
import { wilsonInterval } from "../../../lib/evaluation/statistics/wilson.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";

const list = fc.array(fc.integer({ min: 0, max: 8 }), {
  minLength: 1,
  maxLength: 12,
});

function curveOf(
  right: number[],
  wrong: number[],
  strangers: number[],
): OpenSetCurve {
  const { thresholds, counts } = countAccepted(
    [right, wrong, strangers].map((values) => Float32Array.from(values)),
  );
  const known = right.length + wrong.length;
  return {
    thresholds,
    identificationRates: counts[0]!.map((count) => count / known),
    confusionRates: counts[1]!.map((count) => count / known),
    falseAcceptRates: counts[2]!.map((count) => count / strangers.length),
    known,
    strangers: strangers.length,
  };
}

Deno.test("chooseRejection() lets in as many strangers as it may, and no more", () => {
  const rates = fc.double({ min: 0.05, max: 1, noNaN: true });
  fc.assert(
    fc.property(list, list, list, rates, (right, wrong, others, far) => {
      fc.pre(others.length * far >= 1);
      const share = (threshold: number) =>
        others.filter((distance) => distance <= threshold).length /
        others.length;
      const threshold = chooseRejection(curveOf(right, wrong, others), far);
      const values = new Set([-Infinity, ...right, ...wrong, ...others]);
      assertEquals(
        threshold,
        [...values].sort((a, b) => a - b).findLast((t) => share(t) <= far),
      );
    }),
  );
});

Deno.test("applyRejection() counts image by image", () => {
  const thresholds = fc.double({ min: -1, max: 9, noNaN: true });
  fc.assert(fc.property(
    list,
    list,
    list,
    thresholds,
    (right, wrong, others, threshold) => {
      const upTo = (list: number[]) =>
        list.filter((distance) => distance <= threshold).length;
      const known = right.length + wrong.length;
      const found = applyRejection(curveOf(right, wrong, others), threshold);
      assertEquals(found.threshold, threshold);
      assertEquals(found.identificationRate, upTo(right) / known);
      assertEquals(found.confusionRate, upTo(wrong) / known);
      assertAlmostEquals(
        found.rejectionRate,
        1 - (upTo(right) + upTo(wrong)) / known,
        1e-12,
      );
      assertEquals(found.falseAcceptRate, upTo(others) / others.length);
      assertEquals(
        [found.identificationInterval, found.falseAcceptInterval],
        [
          wilsonInterval(upTo(right), known),
          wilsonInterval(upTo(others), others.length),
        ],
      );
    },
  ));
});

Deno.test("rejectStrangers() keeps those at the threshold", () => {
  const nearest = {
    labels: Int32Array.of(3, 5, 3),
    distances: Float32Array.of(0.5, 0.75, 0.25),
  };
  assertEquals(
    rejectStrangers(nearest, 0.5),
    Int32Array.of(3, STRANGER, 3),
  );
  assertEquals(nearest.labels[1], 5);
});

Deno.test("chooseRejection(), applyRejection() and rejectStrangers() refuse bad input", () => {
  const curve = curveOf([1], [2], [1, 2, 3]);
  for (const far of [0, 1.5, NaN]) {
    assertThrows(
      () => chooseRejection(curve, far),
      RangeError,
      `expected the false accept rate to be a number above 0 and of at most 1, got ${far}`,
    );
  }
  assertThrows(
    () => chooseRejection(curve, 0.25),
    RangeError,
    "expected at least 4 strangers for a false accept rate of 0.25, got 3",
  );
  assertThrows(() => applyRejection(curve, NaN), RangeError, "got NaN");
  const nearest = {
    labels: Int32Array.of(3, -1),
    distances: new Float32Array(2),
  };
  assertThrows(() => rejectStrangers(nearest, NaN), RangeError, "got NaN");
  assertThrows(
    () => rejectStrangers(nearest, 1),
    RangeError,
    "expected classes other than -1, which stands for strangers, got it at 1",
  );
});
