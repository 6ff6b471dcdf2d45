import { learningRate } from "../../../lib/training/settings/schedule.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";

const schedule = { peak: 0.002, warmUpSteps: 10 };

Deno.test("learningRate() rises in a straight line to the peak", () => {
  for (let step = 0; step < 10; step++) {
    assertAlmostEquals(
      learningRate(schedule, step, 0),
      0.002 * (step + 1) / 10,
      1e-12,
    );
  }
});

Deno.test("learningRate() falls along half a cosine to 0", () => {
  const rates = [0, 0.25, 0.5, 0.75, 1].map((progress) =>
    learningRate(schedule, 100, progress)
  );
  const expected = [0.002, 0.001 + 0.001 * Math.SQRT1_2, 0.001];
  expected.forEach((rate, i) => assertAlmostEquals(rates[i]!, rate, 1e-12));
  assertEquals(rates[4], 0);
  assertEquals(learningRate(schedule, 100, 1.5), 0);
});

Deno.test("learningRate() without warm-up begins at the peak", () => {
  assertEquals(learningRate({ peak: 1 }, 0, 0), 1);
  assert(learningRate({ peak: 1, warmUpSteps: 5 }, 0, 0) < 1);
});

Deno.test("learningRate() stays at the peak if it is to be constant", () => {
  const constant = { ...schedule, shape: "constant" } as const;
  assertEquals(learningRate(constant, 4, 0.1), 0.001);
  for (const progress of [0.3, 0.9, 1]) {
    assertEquals(learningRate(constant, 100, progress), 0.002);
  }
});

Deno.test("learningRate() refuses a step and a progress that cannot be", () => {
  for (const step of [-1, 0.5, NaN, "1", null] as number[]) {
    assertThrows(
      () => learningRate(schedule, step, 0),
      RangeError,
      "expected step to be a whole number of 0 or more",
    );
  }
  for (const progress of [-0.1, NaN, Infinity, "1", null] as number[]) {
    assertThrows(
      () => learningRate(schedule, 0, progress),
      RangeError,
      "expected progress to be a number of 0 or more",
    );
  }
});
