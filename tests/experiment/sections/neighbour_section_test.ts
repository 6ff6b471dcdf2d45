import * as tf from "@tensorflow/tfjs";
import { neighbourSection } from "../../../lib/experiment/sections/neighbour_section.ts";
import { assert, assertEquals } from "../../assert.ts";
import { madeUpMaterial } from "../measured/made_up.ts";

Deno.test("neighbourSection() lets validation images choose k", async () => {
  await tf.setBackend("cpu");
  const material = madeUpMaterial({ noise: 0.3 });
  const { neighbours } = neighbourSection(material).json;
  const { k, accuracy, atK } = neighbours!;
  assertEquals(atK.map(({ k }) => k), [1, 3, 5, 10, 20, 50]);
  const best = Math.max(...atK.map((at) => at.validationAccuracy));
  const chosen = atK.find((at) => at.validationAccuracy === best)!;
  assertEquals([k, accuracy], [chosen.k, chosen.accuracy]);
  // Otherwise this would not tell whose choice it is.
  assert(Math.max(...atK.map((at) => at.accuracy)) > accuracy);
});
