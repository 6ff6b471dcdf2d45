import {
  expectedSpeeds,
  scalingTable,
} from "../../../lib/commands/bench/scaling.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

/** A step takes as many seconds as it has images; the rest takes nothing. */
const free = {
  steps: new Map([120, 60, 30, 15, 8].map((images) => [images, images])),
  adam: 0,
  give: 0,
  add: 0,
  take: 0,
};

Deno.test("expectedSpeeds() is linear where nothing but the images counts", () => {
  const rows = expectedSpeeds(free);
  assertEquals(rows.map(({ threads }) => threads), [1, 2, 4, 8, 16]);
  rows.forEach(({ threads, sameBatch, largerBatch }) => {
    // The last thread of 16 has 8 images, of which all 120 are not quite 7.5.
    assertAlmostEquals(sameBatch, threads === 16 ? 15 : threads, 1e-9);
    assertAlmostEquals(largerBatch, threads, 1e-9);
  });
});

Deno.test("expectedSpeeds() counts Adam by its part, and what is exchanged", () => {
  const parts = { ...free, adam: 8, give: 4, add: 2, take: 2 };
  const [alone, two, four] = expectedSpeeds(parts);
  assertAlmostEquals(alone!.sameBatch, 1, 1e-9);
  assertAlmostEquals(two!.sameBatch, 120 / (60 - 8 + 4 + 4 + 4 / 2), 1e-9);
  assertAlmostEquals(
    four!.sameBatch,
    120 / (30 - 8 + 2 + 4 + 4 * 3 / 4),
    1e-9,
  );
  assertAlmostEquals(
    four!.largerBatch,
    240 / (60 - 8 + 2 + 4 + 4 * 3 / 4),
    1e-9,
  );
});

Deno.test("scalingTable() says that it was calculated", () => {
  const rows = expectedSpeeds(free);
  const text = scalingTable({ tier: "flags", network: "NN2-28", rows });
  assert(text.startsWith("Expected, not measured: NN2-28 on more cores"));
  assert(
    text.includes("\n      4                    4               4.0"),
    text,
  );
});
