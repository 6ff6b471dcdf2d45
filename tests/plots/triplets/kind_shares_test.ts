import {
  kindAreas,
  kindBars,
} from "../../../lib/plots/triplets/kind_shares.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const counts = [
  { hard: 1, semiHard: 1, easy: 2 },
  { hard: 0, semiHard: 0, easy: 0 },
];

Deno.test("kindBars() stacks the shares of each set, 0 where there is no triplet", () => {
  const [a, b] = counts as [typeof counts[0], typeof counts[0]];
  const { data, layout } = kindBars({ a, b });
  assertEquals(data.map(({ name, x }) => [name, x]), [
    ["hard", [0.25, 0]],
    ["semi-hard", [0.25, 0]],
    ["easy", [0.5, 0]],
  ]);
  assertEquals(data[0]!.y, ["a", "b"]);
  assertEquals(layout.barmode, "stack");
});

Deno.test("kindAreas() stacks the shares of each step", () => {
  const { data } = kindAreas(counts);
  assertEquals(data.map(({ y }) => y), [[0.25, 0], [0.25, 0], [0.5, 0]]);
  assertEquals(new Set(data.map(({ stackgroup }) => stackgroup)).size, 1);
});

Deno.test("kindBars() and kindAreas() refuse to draw nothing", () => {
  for (const draw of [() => kindBars({}), () => kindAreas([])]) {
    assertThrows(draw, RangeError, "expected counts, got none");
  }
});
