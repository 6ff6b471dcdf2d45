import {
  kindBands,
  kindNames,
  kindOf,
} from "../../../lib/plots/triplets/kinds.ts";
import { countTriplets } from "../../../lib/triplets/batch/triplet_counts.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("kindOf() sorts as countTriplets() counts, ties included", () => {
  for (const toNegative of [0, 0.5, 0.75, 1, 1.25]) {
    // Images 0 and 1 at 0.5; 2 is a stranger, out of 1's reach.
    const table = Float32Array.of(
      0,
      0.5,
      toNegative,
      0.5,
      0,
      9,
      toNegative,
      9,
      0,
    );
    const counts = countTriplets(table, [0, 0, 1], 0.5);
    const { key } = kindOf(0.5, toNegative, 0.5);
    assertEquals(counts[key], key === "easy" ? 2 : 1);
  }
});

Deno.test("kindBands() lie side by side and end with the axis", () => {
  const ends = (...[toPositive, margin, end]: [number, number, number]) =>
    kindBands(toPositive, margin, end).map(({ x0, x1 }) => [x0, x1]);
  assertEquals(ends(0.5, 0.2, 2), [[0, 0.5], [0.5, 0.7], [0.7, 2]]);
  assertEquals(ends(0.5, 1, 1.2), [[0, 0.5], [0.5, 1.2], [1.2, 1.2]]);
  assertEquals(ends(3, 1, 2), [[0, 2], [2, 2], [2, 2]]);
});

Deno.test("kindNames() stand at the ends and above the margin's band", () => {
  const names = kindNames(0.5, 0.2, 2);
  assertEquals(names.map(({ x, xanchor }) => [x, xanchor]), [
    [0, "left"],
    [0.6, "center"],
    [2, "right"],
  ]);
  const middle = (toPositive: number) => kindNames(toPositive, 0, 2)[1]!.x;
  assertEquals([middle(0), middle(2)], [0.26, 1.74]);
});
