import { budgetSpent } from "../../../lib/training/settings/budget.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("budgetSpent() goes by the limit that is nearest", () => {
  const spent = { steps: 30, seconds: 6 };
  assertEquals(budgetSpent({ steps: 100 }, spent, 10), 0.3);
  assertEquals(budgetSpent({ seconds: 10 }, spent, 10), 0.6);
  assertEquals(budgetSpent({ epochs: 4 }, spent, 10), 0.75);
  assertEquals(budgetSpent({ steps: 100, seconds: 10 }, spent, 10), 0.6);
});

Deno.test("budgetSpent() rounds epochs up to whole steps", () => {
  assertEquals(budgetSpent({ epochs: 1 }, { steps: 4, seconds: 0 }, 3.5), 1);
});

Deno.test("budgetSpent() refuses numbers that cannot be", () => {
  const cases = [
    [{ steps: -1, seconds: 0 }, 10, "the steps spent to be a whole number"],
    [{ steps: 0.5, seconds: 0 }, 10, "the steps spent to be a whole number"],
    [{ steps: 0, seconds: NaN }, 10, "the seconds spent to be a number"],
    [{ steps: 0, seconds: 0 }, 0, "stepsPerEpoch to be a number above 0"],
    [{ steps: 0, seconds: 0 }, NaN, "stepsPerEpoch to be a number above 0"],
  ] as const;
  for (const [spent, stepsPerEpoch, message] of cases) {
    assertThrows(
      () => budgetSpent({ epochs: 1 }, spent, stepsPerEpoch),
      RangeError,
      message,
    );
  }
});

Deno.test("budgetSpent() refuses a budget without a limit", () => {
  assertThrows(
    () => budgetSpent({}, { steps: 0, seconds: 0 }, 1),
    RangeError,
    "expected a budget of steps, epochs or seconds, got none",
  );
});
