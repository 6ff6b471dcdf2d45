import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "../../assert.ts";
import { madeUpMaterial } from "../measured/made_up.ts";
import { sections } from "./sections.ts";

Deno.test("projectionSection() draws three planes, and none of a single number", async () => {
  await tf.setBackend("cpu");
  const material = madeUpMaterial();
  const { drawings, json } = await sections.projections!(material, 1);
  assertEquals(drawings.length, 3);
  assertEquals(json.projections!.images, 40);
  const line = {
    ...material,
    test: {
      ...material.test,
      embeddings: { values: new Float32Array(120), count: 120, size: 1 },
    },
  };
  const refused = await sections.projections!(line, 1);
  assertEquals(refused.drawings, []);
  assertEquals(refused.json.projections!.divergence, null);
});
