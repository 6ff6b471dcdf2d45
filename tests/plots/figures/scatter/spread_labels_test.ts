import { createRandom } from "../../../../lib/numeric/random.ts";
import {
  type LabelPlace,
  spreadLabels,
} from "../../../../lib/plots/figures/scatter/spread_labels.ts";
import { assert, assertEquals } from "../../../assert.ts";

function overlaps(places: readonly LabelPlace[], [w, h]: LabelPlace): number {
  return places.filter(([x, y], i) =>
    places.some(([a, b], j) =>
      j < i && Math.abs(a - x) < w * 0.999 && Math.abs(b - y) < h * 0.999
    )
  ).length;
}

Deno.test("spreadLabels() leaves no label over another", () => {
  const random = createRandom(7);
  for (let round = 0; round < 20; round++) {
    const places = Array.from(
      { length: 10 },
      () => [60 * random.uniform(), 40 * random.uniform()] as const,
    );
    const spread = spreadLabels(places, [20, 22]);
    assertEquals(overlaps(spread, [20, 22]), 0);
    assert(overlaps(places, [20, 22]) > 0);
  }
});

Deno.test("spreadLabels() parts labels at one place, and takes none", () => {
  const places = Array.from({ length: 10 }, () => [1, 1] as const);
  assertEquals(overlaps(spreadLabels(places, [2, 2]), [2, 2]), 0);
  assertEquals(spreadLabels([], [1, 1]), []);
});
