import * as tf from "@tensorflow/tfjs";
import { measures } from "../../../lib/evaluation/measures.ts";
import {
  type MeasureFacts,
  shownValue,
} from "../../../lib/experiment/report/measures.ts";
import { assert } from "../../assert.ts";
import { madeUpMaterial } from "../measured/made_up.ts";
import { sections } from "./sections.ts";

// How much of the variance is kept stands in the JSON for each axis.
const ofParts = ["explainedVariance"];

Deno.test("the report has the name of each measure, its value in the JSON, and the same one in a table", async () => {
  await tf.setBackend("cpu");
  const reported = [];
  for (const section of Object.values(sections)) {
    reported.push(await section(madeUpMaterial(), 3));
  }
  const json = reported.map((section) => section.json);
  const cells = reported.flatMap(({ headlines, tables }) => [
    ...headlines.flatMap(({ measure, value }) => [measure, value]),
    ...tables.flatMap(({ head, rows }) => [...head, ...rows.flat()]),
  ]).map(String);
  for (const group of Object.values(measures)) {
    for (const [key, measure] of Object.entries<MeasureFacts>(group)) {
      assert(cells.some((cell) => cell.includes(measure.name)), measure.name);
      if (ofParts.includes(key)) continue;
      const values = valuesOf(json, key);
      assert(values.length > 0, `${key} is not in the JSON`);
      const texts = values.map((value) => shownValue(measure, value));
      assert(
        texts.some((text) => cells.some((cell) => cell.includes(text))),
        `${key}: expected one of ${texts.join(", ")} in a table`,
      );
    }
  }
});

/** The numbers that a value has by a key, at any depth. */
function valuesOf(value: unknown, key: string): number[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name === key && typeof item === "number" ? [item] : valuesOf(item, key)
  );
}
