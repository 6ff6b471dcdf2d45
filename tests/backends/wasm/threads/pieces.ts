import type { Range } from "../../../../lib/backends/wasm/threads/pieces.ts";
import { assert, assertEquals } from "../../../assert.ts";

/** Asserts that ranges hold each of `total` things once, in order; none is empty. */
export function assertCovers(ranges: readonly Range[], total: number): void {
  const held = ranges.flatMap(({ first, count }) => {
    assert(Number.isInteger(first) && count > 0, `${count} from ${first} on`);
    return Array.from({ length: count }, (_, i) => first + i);
  });
  assertEquals(held, Array.from({ length: total }, (_, i) => i));
}
