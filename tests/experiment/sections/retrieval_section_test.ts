import * as tf from "@tensorflow/tfjs";
import { retrievalSection } from "../../../lib/experiment/sections/retrieval_section.ts";
import { measureRetrieval } from "../../../lib/evaluation/retrieval/retrieval.ts";
import { assertEquals } from "../../assert.ts";
import { madeUpMaterial } from "../measured/made_up.ts";

Deno.test("retrievalSection() is measureRetrieval", async () => {
  await tf.setBackend("cpu");
  const material = madeUpMaterial({ noise: 0.5 });
  assertEquals(
    retrievalSection(material).json.retrieval,
    measureRetrieval(material.test, { ks: [1, 2, 4, 8, 16, 32, 64] }),
  );
});
