import { formatCells } from "../../../lib/commands/jupyter/format.ts";
import {
  formatNotebook,
  parseNotebook,
  wholeText,
} from "../../../lib/commands/jupyter/notebook.ts";
import { assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { makeNotebook } from "./make_notebook.ts";

permittedTest(
  "formatCells() formats code and Markdown, and then changes nothing more",
  ["run", "read"],
  async () => {
    const notebook = makeNotebook({ text: "*  a\n*  b" }, { code: "f( 1 )" });
    const text = await formatCells(formatNotebook(notebook));
    const sources = parseNotebook(text, "").cells.map((cell) =>
      wholeText(cell.source)
    );
    assertEquals(sources, ["- a\n- b", "f(1);"]);
    assertEquals(await formatCells(text), text);
  },
);
