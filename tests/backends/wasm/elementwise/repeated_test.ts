import fc from "fast-check";
import { isRepeated } from "../../../../lib/backends/wasm/elementwise/repeated.ts";
import { assertEquals } from "../../../assert.ts";
import { at, places, shapes, sizeOf } from "../arrays/arrays.ts";

/** What numpy makes of the numbers 0, 1, 2, … of a shape, as a whole one. */
function broadcast(part: number[], whole: number[]): number[] | undefined {
  const fits = part.length <= whole.length &&
    part.every((side, i) =>
      side === 1 || side === whole[whole.length - part.length + i]
    );
  if (!fits) return undefined;
  const values = Array.from({ length: sizeOf(part) }, (_, i) => i);
  return [...places(whole)].map((place) => at({ shape: part, values }, place));
}

Deno.test("isRepeated() knows where values follow each other again and again", () => {
  const seen = new Set<boolean>();
  const side = fc.constantFrom(0, 1, 2, 3);
  const parts = fc.tuple(shapes(), fc.array(fc.nat(9)), fc.array(side)).map(
    ([whole, ones, others]) => {
      // Mostly the last axes of the whole, with some sides of 1.
      const part = whole.slice(ones[0] ?? 0);
      for (const i of ones.slice(1)) if (i < part.length) part[i] = 1;
      return { whole, part: ones.length === 3 ? others : part };
    },
  );
  fc.assert(
    fc.property(parts, ({ whole, part }) => {
      const size = sizeOf(part);
      const values = sizeOf(whole) > 0 && broadcast(part, whole);
      const expected = values
        ? values.every((value, i) => value === i % size)
        : false;
      seen.add(expected);
      assertEquals(isRepeated(part, whole), expected);
    }),
    { numRuns: 2000 },
  );
  assertEquals(seen.size, 2);
});
