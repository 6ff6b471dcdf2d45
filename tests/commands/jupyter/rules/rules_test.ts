import {
  brokenRules,
  rooms,
} from "../../../../lib/commands/jupyter/rules/rules.ts";
import project from "../../../../deno.json" with { type: "json" };
import { assertEquals } from "../../../assert.ts";
import { displayed, makeNotebook } from "../make_notebook.ts";

Deno.test("brokenRules() finds nothing in a notebook as it should be", () => {
  const notebook = makeNotebook(
    {
      code: `import {
  a,
  show,
} from "@facenet/mnist";
import { squaredDistances } from "@facenet/mnist/triplets";
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";`,
    },
    {
      code: "await show(1);",
      outputs: [displayed({ "text/html": "<b>1</b>" })],
    },
  );
  assertEquals(brokenRules(notebook), []);
});

const broken: [code: string, message: string][] = [
  [
    'import { x } from "@facenet/mnist/lib";',
    "expected imports from @facenet/mnist, @tensorflow/tfjs, node:assert, node:assert/strict, got @facenet/mnist/lib",
  ],
  [
    'await Deno.mkdir("../out");',
    'expected projectPath("…") for a file, got "../out"',
  ],
  [
    "const path = `./${name}.json`;",
    'expected projectPath("…") for a file, got "./${name}.json"',
  ],
  [
    'import {\n  a,\n  b,\n} from "npm:x@1";',
    "expected imports from @facenet/mnist, @tensorflow/tfjs, node:assert, node:assert/strict, got npm:x@1",
  ],
  ["1;\n".repeat(61).trim(), "expected at most 60 lines, got 61"],
  ["show(1);", "expected await before show(…) and finish(…), got none"],
  ["bar.finish();", "expected await before show(…) and finish(…), got none"],
  ["await show(1);", "displayed outputs: expected 1 or more, got 0"],
];
for (const [code, message] of broken) {
  Deno.test(`brokenRules() finds fault with ${code.split("\n")[0]}`, () => {
    const notebook = makeNotebook({ text: "# Title" }, { code: "1;" }, {
      code,
    });
    assertEquals(brokenRules(notebook), [{ cell: 2, message }]);
  });
}

Deno.test("brokenRules() finds scripts and color codes in outputs", () => {
  for (
    const data of [{ "text/html": "<script>" }, { "text/plain": "\x1b[0m" }]
  ) {
    const notebook = makeNotebook({ code: "1;", outputs: [displayed(data)] });
    assertEquals(brokenRules(notebook), [{
      cell: 1,
      message: "expected outputs without scripts and color codes",
    }]);
  }
});

Deno.test("brokenRules() wants the kernel and the language to be named", () => {
  const notebook = makeNotebook({ code: "1;" });
  notebook.metadata = { kernelspec: { name: "python3" } };
  assertEquals(brokenRules(notebook), [
    { cell: 0, message: 'expected the kernel "deno", got python3' },
    { cell: 0, message: 'expected the language "typescript", got none' },
  ]);
});

Deno.test("brokenRules() lets notebooks import what deno.json exports", () => {
  assertEquals(
    [".", ...rooms.map((room) => `./${room}`)],
    Object.keys(project.exports),
  );
});
