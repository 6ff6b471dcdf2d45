import {
  notebookScript,
  toCells,
} from "../../../lib/commands/jupyter/script.ts";
import { assertEquals } from "../../assert.ts";
import { makeNotebook } from "./make_notebook.ts";

const notebook = makeNotebook(
  { code: "const a = 1;\nconst b = 2;" },
  { text: "not code" },
  { code: "" },
  { code: "a + b;" },
);

Deno.test("notebookScript() joins the code and knows where each line comes from", () => {
  assertEquals(notebookScript(notebook), {
    code: "const a = 1;\nconst b = 2;\na + b;\n",
    lines: [{ cell: 1, line: 1 }, { cell: 1, line: 2 }, { cell: 2, line: 1 }],
  });
});

Deno.test("toCells() names cells in place of lines of the script", () => {
  const scripts = new Map([["01_a", notebookScript(notebook)]]);
  const replaced: [string, string][] = [
    [
      "    at file:///x/.cells/01_a.ts:2:7\n",
      "    at 01_a.ipynb, cell [1], line 2, column 7\n",
    ],
    [
      "file:///x/.cells/01_a.ts: line 3, col 5 - no",
      "01_a.ipynb, cell [2], line 1, column 5 - no",
    ],
    ["at file:///x/lib/a.ts:2:7", "at file:///x/lib/a.ts:2:7"],
    ["at file:///x/.cells/01_a.ts:9:1", "at file:///x/.cells/01_a.ts:9:1"],
  ];
  for (const [message, expected] of replaced) {
    assertEquals(toCells(message, scripts), expected);
  }
});
