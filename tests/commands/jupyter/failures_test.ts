import type { Executed } from "../../../lib/commands/jupyter/execute.ts";
import { failuresOf } from "../../../lib/commands/jupyter/failures.ts";
import { assertEquals } from "../../assert.ts";
import { displayed, makeNotebook, thrown } from "./make_notebook.ts";

const notebook = makeNotebook(
  { text: "# Title" },
  { code: "await show(1);", outputs: [displayed()] },
  {
    code: "const a = 1;\n\nfail(a);",
    outputs: [thrown("no", ["Error: no", "    at <anonymous>:3:1"])],
  },
  { code: "await show(2);" },
);
const quoted = `cell [2]:

    1 | const a = 1;
    2 |
    3 | fail(a);`;

function failures(end: Executed["end"], started: number): string[] {
  return failuresOf({ end, started, notebook, log: "out of memory" }, 60);
}

Deno.test("failuresOf() quotes the cell that threw, and its error", () => {
  assertEquals(failures("raised", 2), [
    `an error in ${quoted}\n\n  Error: no\n      at <anonymous>:3:1`,
  ]);
});

Deno.test("failuresOf() quotes the cell in which the time was over", () => {
  assertEquals(failures("late", 2), [
    `did not end within 60 s; was in ${quoted}`,
  ]);
  assertEquals(failures("late", 0), [
    "did not end within 60 s; was in no cell",
  ]);
});

Deno.test("failuresOf() quotes the cell in which the kernel ended, and its last words", () => {
  assertEquals(failures("died", 2), [
    `the kernel ended in ${quoted}\n\n  out of memory`,
  ]);
});

Deno.test("failuresOf() quotes the cells whose outputs are missing", () => {
  assertEquals(failures("finished", 3), [
    "displayed outputs: expected 1 or more, got 0, in cell [3]:\n\n    1 | await show(2);",
  ]);
});
