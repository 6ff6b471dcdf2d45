import { moduleFigure } from "../../../lib/plots/diagrams/module_figure.ts";
import { figurePicture } from "../../../lib/plots/picture/picture.ts";
import { NN2, summarizeNN2 } from "../../../lib/mod.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

await tf.setBackend("cpu");

interface Box {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
  fillcolor: string;
}

Deno.test("moduleFigure() divides the output as its branches divide the channels", () => {
  const row = {
    type: "inception",
    name: "a",
    "1x1": 10,
    "3x3": [4, 30],
  } as const;
  const shapes = moduleFigure(row, 8).layout.shapes as Box[];
  const top = Math.max(...shapes.map(({ y1 }) => y1));
  const output = shapes.filter(({ y1 }) => y1 === top);
  assertEquals(output.map(({ x0, x1 }) => [x0, x1]), [[-0.5, 0], [0, 1.5]]);
});

Deno.test("moduleFigure() draws every module of NN2 with the channels that it has", () => {
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const modules = summarizeNN2(model);
  model.dispose();
  for (const [i, { name, outputShape }] of modules.entries()) {
    const row = NN2.find((row) => row.name === name)!;
    if (row.type !== "inception") continue;
    const figure = moduleFigure(row, modules[i - 1]!.outputShape.at(-1)!);
    const texts = (figure.layout.annotations as { text: string }[])
      .map(({ text }) => text);
    const channels = `<b>${outputShape.at(-1)} channels</b>`;
    const output = texts.find((text) => text.startsWith("output"))!;
    assert(output.endsWith(channels), `${name}: ${output}`);
  }
});

Deno.test("moduleFigure() lays no box over another, and a picture shows its texts", () => {
  const row = NN2.find(({ name }) => name === "inception_3a")!;
  const figure = moduleFigure(row, 192);
  const boxes = figure.layout.shapes as Box[];
  for (const a of boxes) {
    for (const b of boxes) {
      const isApart = a.x1 <= b.x0 || b.x1 <= a.x0 || a.y1 <= b.y0 ||
        b.y1 <= a.y0;
      assert(a === b || isApart);
    }
  }
  const svg = figurePicture(figure)!;
  for (const text of ["3×3 convolution", "96 filters", "“#5×5 reduce”"]) {
    assert(svg.includes(text), text);
  }
});

Deno.test("moduleFigure() refuses rows and channels that are none", () => {
  const row = NN2[0]!;
  assertThrows(() => moduleFigure(row, 3), RangeError, "Cannot draw a module");
  const module = NN2.find(({ type }) => type === "inception")!;
  assertThrows(() => moduleFigure(module, 0), RangeError, "expected channels");
});
