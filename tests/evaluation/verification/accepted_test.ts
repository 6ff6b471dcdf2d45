import fc from "fast-check";
import { countAccepted } from "../../../lib/evaluation/verification/accepted.ts";
import { assertEquals } from "../../assert.ts";

const list = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 12 })
  .map((values) => Float32Array.from(values));

Deno.test("countAccepted() counts the values up to each that occurs", () => {
  fc.assert(fc.property(fc.array(list, { minLength: 1 }), (lists) => {
    const { thresholds, counts } = countAccepted(lists);
    const values = new Set(lists.flatMap((list) => [...list]));
    assertEquals(
      [...thresholds],
      [-Infinity, ...[...values].sort((a, b) => a - b)],
    );
    assertEquals(
      counts.map((list) => [...list]),
      lists.map((list) =>
        [...thresholds].map((threshold) =>
          list.filter((value) => value <= threshold).length
        )
      ),
    );
  }));
});
