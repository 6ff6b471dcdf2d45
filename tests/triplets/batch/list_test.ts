import { createRandom } from "../../../lib/numeric/random.ts";
import { createTripletSample } from "../../../lib/triplets/batch/list.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("createTripletSample() keeps each triplet with the same chance", () => {
  const random = createRandom(1);
  const [kept, taken, draws] = [2, 6, 6000];
  const counts = new Float64Array(taken);
  for (let draw = 0; draw < draws; draw++) {
    const sample = createTripletSample(kept, random);
    for (let i = 0; i < taken; i++) sample.take(i, i + 10, i + 20);
    const { anchors, positives, negatives } = sample.finish();
    assertEquals(positives, anchors.map((i) => i + 10));
    assertEquals(negatives, anchors.map((i) => i + 20));
    for (const i of anchors) counts[i]!++;
  }
  const chance = kept / taken;
  const deviation = Math.sqrt(chance * (1 - chance) / draws);
  for (const count of counts) {
    assertAlmostEquals(count / draws, chance, 4 * deviation);
  }
});
