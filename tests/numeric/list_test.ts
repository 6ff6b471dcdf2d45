import { checkLength, checkList, checkSome } from "../../lib/numeric/list.ts";
import { assertThrows } from "../assert.ts";

const whole = { type: "integer", min: 0 } as const;

Deno.test("checkList() takes arrays, typed arrays and what is like them", () => {
  checkList("act", "items", [1, 2], whole, 2);
  checkList("act", "items", Float64Array.of(1, 2), whole);
  checkList("act", "items", { length: 1, 0: 7 }, whole, 1);
  checkList("act", "items", [], whole);
});

Deno.test("checkList() refuses items that no domain has", () => {
  const cases: [ArrayLike<unknown>, string][] = [
    [[1, "2"], '"2" at 1'],
    [[0.5], "0.5 at 0"],
    [Float32Array.of(NaN), "NaN at 0"],
    [BigInt64Array.of(3n), "3n at 0"],
    [new Array(1), "nothing at 0"],
    // However long it claims to be.
    [{ length: 2 ** 40 }, "nothing at 0"],
  ];
  for (const [list, got] of cases) {
    assertThrows(
      () => checkList("act", "items", list, whole),
      RangeError,
      `Cannot act: expected items to be a whole number of 0 or more each, got ${got}`,
    );
  }
});

Deno.test("checkLength() refuses what is no list, and another length", () => {
  for (const list of ["12", 2, null, undefined, {}, () => 1, { length: -1 }]) {
    assertThrows(
      () => checkLength("act", "items", list, 2),
      RangeError,
      "Cannot act: expected items to be a list, got ",
    );
  }
  assertThrows(
    () => checkLength("act", "items", [1], 2),
    RangeError,
    "Cannot act: expected 2 items, got 1",
  );
});

Deno.test("checkSome() refuses an empty list", () => {
  checkSome("act", "items", ["a"]);
  assertThrows(
    () => checkSome("act", "items", new Int32Array(0)),
    RangeError,
    "Cannot act: expected items, got none",
  );
});
