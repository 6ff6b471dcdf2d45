import fc from "fast-check";
import { wilsonInterval } from "../../../lib/evaluation/statistics/wilson.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import { assert, assertAlmostEquals, assertThrows } from "../../assert.ts";

Deno.test("wilsonInterval() equals SciPy's", () => {
  for (const [successes, trials, low, high] of golden.wilson) {
    const interval = wilsonInterval(successes!, trials!);
    assertAlmostEquals(interval[0], low!, 1e-12);
    assertAlmostEquals(interval[1], high!, 1e-12);
  }
});

Deno.test("wilsonInterval() holds the share, stays in [0, 1] and mirrors", () => {
  const counts = fc.integer({ min: 1, max: 1e9 }).chain((trials) =>
    fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials))
  );
  fc.assert(fc.property(counts, ([successes, trials]) => {
    const [low, high] = wilsonInterval(successes, trials);
    assert(0 <= low && low <= successes / trials);
    assert(successes / trials <= high && high <= 1);
    const mirrored = wilsonInterval(trials - successes, trials);
    assertAlmostEquals(mirrored[0], 1 - high, 1e-12);
    assertAlmostEquals(mirrored[1], 1 - low, 1e-12);
  }));
});

Deno.test("wilsonInterval() holds the share also where trials are very many", () => {
  for (const trials of [2 ** 31, 1e12, 2 ** 53 - 1]) {
    for (const few of [0, 1, 2, 30]) {
      for (const successes of [few, trials - few]) {
        const [low, high] = wilsonInterval(successes, trials);
        const share = successes / trials;
        assert(0 <= low && low <= share && share <= high && high <= 1);
      }
    }
  }
});

Deno.test("wilsonInterval() refuses what are no counts", () => {
  const refuses = (successes: number, trials: number, message: string) =>
    assertThrows(() => wilsonInterval(successes, trials), RangeError, message);
  refuses(0, 0, "expected trials to be a whole number of 1 or more, got 0");
  refuses(1.5, 2, "successes to be a whole number from 0 to 2, got 1.5");
  refuses(3, 2, "got 3");
  refuses(-1, 2, "got -1");
  refuses(NaN, 2, "got NaN");
});
