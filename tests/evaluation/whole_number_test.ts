import { checkWhole } from "../../lib/evaluation/whole_number.ts";
import { assertThrows } from "../assert.ts";

Deno.test("checkWhole() says what was expected and what came", () => {
  checkWhole("act", "a count", 1, 1, 1);
  checkWhole("act", "a count", 10 ** 9, 1, Infinity);
  for (const value of [0, 4, 1.5, NaN, Infinity]) {
    assertThrows(
      () => checkWhole("act", "a count", value, 1, 3, "the number of rows"),
      RangeError,
      `Cannot act: expected a count from 1 to 3, the number of rows, got ${value}`,
    );
  }
  assertThrows(
    () => checkWhole("act", "a count", 0, 1, Infinity),
    RangeError,
    "Cannot act: expected a count of 1 or more, got 0",
  );
});
