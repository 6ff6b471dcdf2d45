import { refuse, shown } from "../../lib/numeric/refuse.ts";
import { assertEquals, assertThrows } from "../assert.ts";

Deno.test("refuse() says what was done, expected and got", () => {
  assertThrows(
    () => refuse("count sheep", "a flock", shown(2.5)),
    RangeError,
    "Cannot count sheep: expected a flock, got 2.5",
  );
});

Deno.test("shown() puts every kind of value into words", () => {
  const cases: [unknown, string][] = [
    [undefined, "nothing"],
    [null, "null"],
    [NaN, "NaN"],
    [-Infinity, "-Infinity"],
    [true, "true"],
    [3n, "3n"],
    ["", '""'],
    ["a\nb", '"a\\nb"'],
    ["x".repeat(99), `"${"x".repeat(60)}…"`],
    [[], "[]"],
    [[1, "2", [3]], '[1, "2", […]]'],
    [Uint8Array.of(1, 2), "[1, 2]"],
    [new DataView(new ArrayBuffer(3)), "3 bytes"],
    [{ shape: [8, 28], size: 224 }, "a tensor of shape [8, 28]"],
    [{}, "an object without keys"],
    [{ a: 1, b: 2 }, "an object with a, b"],
    [() => 1, "a function"],
    [Symbol("s"), "Symbol(s)"],
  ];
  for (const [value, words] of cases) assertEquals(shown(value), words);
});

Deno.test("shown() stays one short line for a long list", () => {
  const words = shown(new Float32Array(1e6));
  assertEquals(words.length, 60 + "[…]".length);
});
