import fc from "fast-check";
import { nearestFinder } from "../../../lib/evaluation/retrieval/nearest.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const distance = fc.oneof(
  fc.constantFrom(0, 1, 1.5, 2, Infinity), // ties
  fc.float({ min: 0, noNaN: true }),
);

Deno.test("nearestFinder() sorts the first k by distance, then by index", () => {
  const lists = fc.array(distance, { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(lists, fc.array(fc.nat(), { minLength: 3 }), (list, ks) => {
      const distances = Float32Array.from(list, Math.abs); // no −0
      const find = nearestFinder("look", list.length);
      const sorted = [...list.keys()].sort((a, b) =>
        distances[a]! === distances[b]! ? a - b : distances[a]! - distances[b]!
      );
      for (const k of ks.map((k) => k % list.length + 1)) {
        assertEquals([...find(distances, k)], sorted.slice(0, k));
      }
    }),
  );
});

Deno.test("nearestFinder() refuses more items than can be sorted", () => {
  assertThrows(
    () => nearestFinder("look", 2 ** 21 + 1),
    RangeError,
    "Cannot look: expected a gallery of at most 2097152, got 2097153",
  );
});
