import fc from "fast-check";
import { countPairs } from "../../../lib/triplets/batch/classes.ts";
import { assertEquals } from "../../assert.ts";
import { batches } from "../batches.ts";
import { allTriples } from "../oracle.ts";

Deno.test("countPairs() equals a count of all triplets, their pairs and anchors", () => {
  const alone = fc.constantFrom<number[]>([], [1], [1, 1], [1, 2]);
  const any = fc.oneof(batches.map(({ labels }) => labels), alone);
  fc.assert(fc.property(any, (labels) => {
    const triples = allTriples(labels);
    assertEquals(countPairs(Int32Array.from(labels)), {
      triplets: triples.length,
      pairs: new Set(triples.map(([a, p]) => `${a},${p}`)).size,
      anchors: new Set(triples.map(([a]) => a)).size,
    });
  }));
});
