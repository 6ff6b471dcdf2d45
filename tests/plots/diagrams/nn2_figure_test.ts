import { nn2Figure } from "../../../lib/plots/diagrams/nn2_figure.ts";
import { figurePicture } from "../../../lib/plots/picture/picture.ts";
import { nn2Rows, summarizeNN2 } from "../../../lib/mod.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

await tf.setBackend("cpu");

Deno.test("nn2Figure() draws bars as long as NN2's modules have channels", () => {
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const modules = summarizeNN2(model);
  model.dispose();
  const figure = nn2Figure(nn2Rows(28), modules);
  const bars = figure.data.filter(({ type }) => type === "bar");
  const lengths = modules.map((_, i) =>
    bars.reduce((sum, { x }) => sum + ((x as (number | null)[])[i] ?? 0), 0)
  );
  assertEquals(lengths, modules.map(({ outputShape }) => outputShape.at(-1)!));
  const svg = figurePicture(figure)!;
  for (const text of ["module 3a", "14×14", "4 numbers", "384"]) {
    assert(svg.includes(text), text);
  }
});

Deno.test("nn2Figure() draws squares as large as the maps", () => {
  const { data } = nn2Figure([{ type: "max pool", name: "b" }], [
    { name: "a", outputShape: [28, 28, 1] },
    { name: "b", outputShape: [14, 14, 1] },
    { name: "c", outputShape: [3] },
  ]);
  const { marker } = data.find(({ mode }) => mode === "markers") as {
    marker: { size: number[] };
  };
  assertEquals(marker.size, [22, 11, 0]);
});

Deno.test("nn2Figure() leaves numbers out that have no room", () => {
  const row = { type: "inception", name: "b", "1x1": 1, "3x3": [1, 999] };
  const { data } = nn2Figure([row as never], [
    { name: "a", outputShape: [2, 2, 8] },
    { name: "b", outputShape: [2, 2, 1000] },
  ]);
  const texts = data.filter(({ type }) => type === "bar")
    .map(({ text }) => (text as unknown[])[1]);
  assertEquals(texts, ["", "", 999]);
});

Deno.test("nn2Figure() refuses to draw nothing", () => {
  const rows = nn2Rows(28);
  assertThrows(() => nn2Figure(rows, []), RangeError, "expected modules, got");
  const module = { name: "a", outputShape: [] };
  assertThrows(() => nn2Figure(rows, [module]), RangeError, "a shape");
});
