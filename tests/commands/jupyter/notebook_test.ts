import {
  codeCells,
  formatNotebook,
  parseNotebook,
  textLines,
  wholeText,
} from "../../../lib/commands/jupyter/notebook.ts";
import { PLOTLY_TYPE } from "../../../lib/plots/notebook/figure_bundle.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { displayed, makeNotebook } from "./make_notebook.ts";

Deno.test("parseNotebook() refuses what is no notebook of format 4", () => {
  assertThrows(
    () => parseNotebook('{"cells": [', "05.ipynb"),
    SyntaxError,
    "Cannot read notebook 05.ipynb: expected JSON, got ",
  );
  for (const text of ["null", "3", "[]", "{}", '{"nbformat":3,"cells":[]}']) {
    assertThrows(
      () => parseNotebook(text, "05.ipynb"),
      SyntaxError,
      "Cannot read notebook 05.ipynb: expected cells in format 4, got format",
    );
  }
});

Deno.test("formatNotebook() keeps everything and orders the keys", () => {
  const notebook = makeNotebook({ text: "é" }, { code: "1", outputs: [] });
  const text = formatNotebook(notebook);
  assertEquals(parseNotebook(text, ""), notebook);
  assert(text.startsWith('{\n "cells": [\n  {\n   "cell_type": "markdown",'));
  assert(text.endsWith('"nbformat_minor": 5\n}\n'));
});

Deno.test("formatNotebook() writes a figure on one line", () => {
  const figure = { data: [{ y: [1, 2, 3], name: 'a"\\\n' }], layout: {} };
  const notebook = makeNotebook({
    code: "1",
    outputs: [displayed({ [PLOTLY_TYPE]: figure, "text/plain": "x" })],
  });
  const text = formatNotebook(notebook);
  assertEquals(parseNotebook(text, ""), notebook);
  assert(text.includes(`"${PLOTLY_TYPE}": {"data":[{"name":`));
});

Deno.test("codeCells() numbers the cells that Jupyter runs", () => {
  const notebook = makeNotebook(
    { text: "# Title" },
    { code: "first" },
    { code: " \n" },
    { code: "second", tags: ["raises-exception"] },
  );
  assertEquals(
    codeCells(notebook).map(({ number, source, tags }) => [
      number,
      source,
      ...tags,
    ]),
    [[1, "first"], [2, "second", "raises-exception"]],
  );
});

Deno.test("textLines() keeps the line ends", () => {
  assertEquals(textLines("a\n\nb"), ["a\n", "\n", "b"]);
  assertEquals(textLines("a\n"), ["a\n"]);
  assertEquals(textLines(""), []);
  assertEquals(wholeText(textLines("a\r\n\nb\n")), "a\r\n\nb\n");
});
