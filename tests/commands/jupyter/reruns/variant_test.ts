import { codeCells } from "../../../../lib/commands/jupyter/notebook.ts";
import {
  cellCount,
  cellsTwice,
  withoutCell,
} from "../../../../lib/commands/jupyter/reruns/variant.ts";
import { assertEquals } from "../../../assert.ts";
import { makeNotebook } from "../make_notebook.ts";

const notebook = makeNotebook(
  { code: "1;" },
  { text: "# Title" },
  { code: " " },
  { code: "2;" },
  { code: "3;" },
);
const sources = (of: typeof notebook) =>
  codeCells(of).map(({ source }) => source);

Deno.test("cellsTwice() runs each cell two times in a row", () => {
  const variant = cellsTwice(notebook);
  assertEquals(sources(variant.notebook), ["1;", "1;", "2;", "2;", "3;", "3;"]);
  const ids = variant.notebook.cells.map(({ id }) => id);
  assertEquals(new Set(ids).size, ids.length);
  assertEquals([3, 4].map(variant.nameOf), ["cell [2]", "cell [2], run again"]);
  assertEquals(cellCount(notebook), 3);
});

Deno.test("withoutCell() leaves one out, and keeps the others' numbers", () => {
  const variant = withoutCell(notebook, 2);
  assertEquals(sources(variant.notebook), ["1;", "3;"]);
  assertEquals([1, 2].map(variant.nameOf), ["cell [1]", "cell [3]"]);
  assertEquals(sources(notebook).length, 3);
});
