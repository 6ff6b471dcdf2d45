import {
  checkValue,
  checkWhole,
  type Domain,
  expectation,
  isIn,
} from "../../lib/numeric/domain.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const odd = [undefined, null, NaN, Infinity, -Infinity, "1", "", true, [], {}];

Deno.test("isIn() knows the bounds of numbers", () => {
  const range: Domain = { type: "number", min: 0, max: 2 };
  for (const value of [0, 0.5, 2, -0]) assertEquals(isIn(range, value), true);
  for (const value of [-1e-9, 2.1, ...odd]) {
    assertEquals(isIn(range, value), false);
  }
  const open: Domain = { type: "number", above: 0, below: 2 };
  for (const value of [1e-9, 1.9]) assertEquals(isIn(open, value), true);
  for (const value of [0, 2, ...odd]) assertEquals(isIn(open, value), false);
  const whole: Domain = { type: "integer" };
  for (const value of [-5, 0, 2 ** 53 - 1]) {
    assertEquals(isIn(whole, value), true);
  }
  for (const value of [0.5, 2 ** 53, 1n, ...odd]) {
    assertEquals(isIn(whole, value), false);
  }
});

Deno.test("isIn() takes choices and switches of their own type alone", () => {
  const sizes: Domain = { type: "choice", of: [28, 224] };
  assertEquals([28, "28", 29, undefined].map((v) => isIn(sizes, v)), [
    true,
    false,
    false,
    false,
  ]);
  assertEquals(
    [true, false, 0, "true"].map((v) => isIn({ type: "boolean" }, v)),
    [
      true,
      true,
      false,
      false,
    ],
  );
});

Deno.test("isIn() takes lists of few numbers, none twice and none missing", () => {
  const digits: Domain = {
    type: "list",
    item: { type: "integer", min: 0, max: 9 },
    most: 3,
  };
  for (const value of [[], [0], [9, 7, 8]]) {
    assertEquals(isIn(digits, value), true);
  }
  const wrong = [
    [10],
    [-1],
    [0.5],
    [7, 7],
    ["7"],
    [7, undefined],
    new Array(1),
  ];
  for (const value of [...wrong, [1, 2, 3, 4], Uint8Array.of(1), 7, "7", {}]) {
    assertEquals(isIn(digits, value), false);
  }
});

Deno.test("expectation() has words for every domain", () => {
  const domains: [Domain, string][] = [
    [{ type: "boolean" }, "true or false"],
    [{ type: "choice", of: ["a", "b"] }, "one of a, b"],
    [
      { type: "list", item: { type: "integer", min: 1 }, most: 3 },
      "a list of at most 3, each once and a whole number of 1 or more",
    ],
    [{ type: "integer" }, "a whole number"],
    [{ type: "integer", min: 1, max: 9 }, "a whole number from 1 to 9"],
    [{ type: "integer", min: 1 }, "a whole number of 1 or more"],
    [{ type: "number", above: 0 }, "a number above 0"],
    [
      { type: "number", min: 0, below: 1 },
      "a number of 0 or more and below 1",
    ],
  ];
  for (const [domain, words] of domains) {
    assertEquals(expectation(domain), words);
  }
});

Deno.test("checkValue() names the value", () => {
  checkValue("act", "pace", 0.5, { type: "number", above: 0 });
  assertThrows(
    () => checkValue("act", "pace", "1", { type: "number", above: 0 }),
    RangeError,
    'Cannot act: expected pace to be a number above 0, got "1"',
  );
});

Deno.test("checkWhole() says what was expected and what came", () => {
  checkWhole("act", "a count", 1, 1, 1);
  checkWhole("act", "a count", 10 ** 9, 1, Infinity);
  for (const value of [0, 4, 1.5, NaN, Infinity]) {
    assertThrows(
      () => checkWhole("act", "a count", value, 1, 3, "the number of rows"),
      RangeError,
      `Cannot act: expected a count to be a whole number from 1 to 3, the number of rows, got ${value}`,
    );
  }
  assertThrows(
    () => checkWhole("act", "a count", 0, 1, Infinity),
    RangeError,
    "Cannot act: expected a count to be a whole number of 1 or more, got 0",
  );
});
