import { budgetSpent } from "../../lib/training/budget.ts";
import { assertEquals, assertThrows } from "../assert.ts";

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

Deno.test("budgetSpent() refuses a budget without a limit", () => {
  assertThrows(
    () => budgetSpent({}, { steps: 0, seconds: 0 }, 1),
    RangeError,
    "expected steps, epochs or seconds",
  );
});
