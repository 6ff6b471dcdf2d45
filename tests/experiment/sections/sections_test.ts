import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "../../assert.ts";
import { ofRows } from "../../evaluation/embeddings/rows.ts";
import { madeUpMaterial } from "../measured/made_up.ts";
import { sections } from "./sections.ts";

for (const [key, measure] of Object.entries(sections)) {
  Deno.test(`the section ${key} is plain data, repeats and leaves no tensor`, async () => {
    await tf.setBackend("cpu");
    const material = madeUpMaterial();
    const held = tf.memory().numTensors;
    const section = await measure(material, 3);
    assertEquals(tf.memory().numTensors, held);
    assert(key in section.json);
    assert(section.title !== "" && section.about.endsWith("."));
    assert(section.tables.length > 0 && section.drawings.length > 0);
    for (const { head, rows, numeric } of section.tables) {
      for (const row of [...rows, numeric]) {
        assertEquals(row.length, head.length);
      }
    }
    assertEquals(JSON.parse(JSON.stringify(section)), section);
    assertEquals(await measure(material, 3), section);
  });

  Deno.test(`the section ${key} says something about embeddings that are all the same`, async () => {
    await tf.setBackend("cpu");
    const material = madeUpMaterial();
    const same = ({ labels }: { labels: Int32Array }) => ({
      labels,
      embeddings: ofRows(Array.from(labels, () => [1, 0])),
    });
    const collapsed = {
      gallery: same(material.gallery),
      validation: same(material.validation),
      test: same(material.test),
      sample: material.sample,
    };
    const { headlines, notes, tables } = await measure(collapsed, 3);
    const text = JSON.stringify({ headlines, notes, tables });
    assert(!/NaN|undefined/.test(text), text);
  });
}
