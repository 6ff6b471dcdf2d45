import fc from "fast-check";
import { chooseOwners } from "../../../lib/training/team/owners.ts";
import { divideBatch } from "../../../lib/training/team/parts.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("divideBatch() gives every image to one thread, and none an image more than needed", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 300 }),
    fc.integer({ min: 1, max: 40 }),
    (count, threads) => {
      const parts = divideBatch(count, threads);
      assertEquals(parts.length, threads);
      let next = 0;
      for (const { start, end } of parts) {
        assertEquals(start, next);
        assert(end - start >= Math.floor(count / threads));
        assert(end - start <= Math.ceil(count / threads));
        next = end;
      }
      assertEquals(next, count);
    },
  ));
});

Deno.test("chooseOwners() loads no thread with more than the largest weight above another", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }),
    fc.integer({ min: 1, max: 8 }),
    (sizes, threads) => {
      const owners = chooseOwners(sizes, threads);
      assertEquals(owners.length, sizes.length);
      const held = Array.from(
        { length: threads },
        (_, thread) =>
          sizes.reduce(
            (sum, size, i) => sum + (owners[i] === thread ? size : 0),
            0,
          ),
      );
      assert(Math.max(...held) - Math.min(...held) <= Math.max(...sizes));
      assertEquals(owners, chooseOwners(sizes, threads));
    },
  ));
});
