import {
  missingOutputs,
  promisedOutputs,
} from "../../../lib/commands/jupyter/expected_outputs.ts";
import { assertEquals } from "../../assert.ts";
import { displayed, makeNotebook, thrown } from "./make_notebook.ts";

const promises: [source: string, outputs: number][] = [
  ["await show(figure);", 1],
  ["await show(a);\nawait show(\n  b,\n);", 2],
  ["const x = 1;\n// await show(x);", 0],
  ["/*\nawait show(x);\n*/", 0],
  ["for (const x of list) {\n  await show(x);\n}", 0],
  ["for (const x of list) await show(x);", 0],
  ["await showAll(x);", 0],
  ["await interact(\n  { k },\n  ({ k }) => chart(k),\n);", 1],
  ["await checkAnswer(a, 1);\nawait showSolution(title, text);", 2],
  ['const bar = progress(3, "Counting");\nawait bar.finish();', 1],
  ["const bar = progress(3);", 0],
  ["const chart = liveChart();\nawait train({ chart: chart.update(1) });", 1],
  ["const chart = liveChart();\nconst bar = progress(1);\nbar.update(1)", 1],
];
for (const [source, outputs] of promises) {
  Deno.test(`promisedOutputs() finds ${outputs} in ${JSON.stringify(source)}`, () => {
    assertEquals(promisedOutputs(source), outputs);
  });
}

Deno.test("missingOutputs() names each cell that displayed too little", () => {
  const notebook = makeNotebook(
    { text: "# Title" },
    { code: "await show(a);\nawait show(b);", outputs: [displayed()] },
    { code: "await show(a);", outputs: [displayed(), displayed()] },
    {
      code: "await show(a);",
      outputs: [{ output_type: "stream", name: "stdout", text: "x" }],
    },
  );
  assertEquals(missingOutputs(notebook), [
    { cell: 1, message: "displayed outputs: expected 2 or more, got 1" },
    { cell: 3, message: "displayed outputs: expected 1 or more, got 0" },
  ]);
});

Deno.test("missingOutputs() wants an error where the tag says so", () => {
  const tags = ["raises-exception"];
  const notebook = makeNotebook(
    { code: "await show(1);", tags, outputs: [thrown("no")] },
    { code: "await show(1);", tags, outputs: [displayed()] },
  );
  assertEquals(missingOutputs(notebook), [{
    cell: 2,
    message: 'nothing was thrown despite the tag "raises-exception"',
  }]);
});
