import { cleanNotebook } from "../../../lib/commands/jupyter/clean.ts";
import type { CellOutput } from "../../../lib/commands/jupyter/notebook.ts";
import { assertEquals } from "../../assert.ts";
import { displayed, makeNotebook, thrown } from "./make_notebook.ts";

function cleanOutputs(...outputs: CellOutput[]): CellOutput[] | undefined {
  const committed = makeNotebook({ code: "1" });
  const executed = makeNotebook({ code: "1", outputs });
  return cleanNotebook(committed, executed, "/home/me/face net")
    .cells[0]?.outputs;
}

Deno.test("cleanNotebook() takes color codes out of text", () => {
  assertEquals(
    cleanOutputs(displayed({ "text/plain": "\x1b[31mred\x1b[0m\nblue" })),
    [displayed({ "text/plain": ["red\n", "blue"] })],
  );
});

Deno.test("cleanNotebook() takes scripts out of HTML, and outputs that were nothing else", () => {
  const script = `<SCRIPT type="a">if (1 < 2) draw("</div>");\n</script >`;
  assertEquals(
    cleanOutputs(
      displayed({ "text/html": `<b>x</b>\n${script}${script}` }),
      displayed({ "text/html": script }),
    ),
    [displayed({ "text/html": ["<b>x</b>"] })],
  );
});

Deno.test("cleanNotebook() takes out how long a progress bar took, and no other time", () => {
  const bar = (text: string) =>
    displayed({
      "text/html": `<div><progress value="1"></progress> ${text}</div>`,
      "text/plain": text,
    });
  for (const time of ["7 s", "1:46 min"]) {
    assertEquals(
      cleanOutputs(bar(`Tests 9 / 9 · 7 s each · ${time}`)),
      cleanOutputs(bar("Tests 9 / 9 · 7 s each")),
    );
  }
  assertEquals(
    cleanOutputs(displayed({ "text/plain": "Trained · 7 s" })),
    [displayed({ "text/plain": ["Trained · 7 s"] })],
  );
});

Deno.test("cleanNotebook() leaves pictures and data as they are", () => {
  const forms = {
    "image/png": "iVBOR",
    "application/json": { "<script>": [] },
  };
  assertEquals(cleanOutputs(displayed(forms)), [displayed(forms)]);
});

Deno.test("cleanNotebook() names files from the project's folder on", () => {
  assertEquals(
    cleanOutputs(
      thrown("in /home/me/face net/data/x", [
        "\x1b[1mError\x1b[0m: no",
        "    at f (file:///home/me/face%20net/lib/a.ts:1:2)",
        "    at g (file:///home/me/.cache/deno/npm/b.js:1:2)",
        "    at <anonymous>:1:1",
      ]),
    ),
    [
      thrown("in data/x", [
        "Error: no",
        "    at f (lib/a.ts:1:2)",
        "    at <anonymous>:1:1",
      ]),
    ],
  );
});

Deno.test("cleanNotebook() drops what was only printed, which gets lost at random", () => {
  assertEquals(
    cleanOutputs(
      { output_type: "stream", name: "stdout", text: "x" },
      {
        output_type: "execute_result",
        data: { "text/plain": "3" },
        metadata: {},
        execution_count: 1,
      },
    ),
    [],
  );
});

Deno.test("cleanNotebook() keeps the cells and their ids, and of their metadata the tags", () => {
  const committed = makeNotebook(
    { text: "# Title\nText" },
    { code: "a;\nb;", tags: ["raises-exception"] },
    { code: "c;" },
  );
  Object.assign(committed.cells[1]!.metadata, {
    execution: { "iopub.execute_input": "2026-01-01T00:00:00" },
    jupyter: { source_hidden: true },
  });
  delete committed.cells[2]!.id;
  const executed = structuredClone(committed);
  executed.cells[1]!.execution_count = 1;
  executed.cells[1]!.id = "another";
  executed.metadata.language_info = { name: "typescript", version: "6.0.3" };

  const clean = cleanNotebook(committed, executed, "/home/me/face net");
  assertEquals<unknown>(clean, {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: {
        name: "deno",
        display_name: "Deno",
        language: "typescript",
      },
      language_info: {
        name: "typescript",
        file_extension: ".ts",
        mimetype: "text/x.typescript",
        pygments_lexer: "typescript",
        nbconvert_exporter: "script",
      },
    },
    cells: [{
      cell_type: "markdown",
      id: "id-0",
      metadata: {},
      source: ["# Title\n", "Text"],
    }, {
      cell_type: "code",
      id: "id-1",
      metadata: {
        tags: ["raises-exception"],
        jupyter: { source_hidden: true },
      },
      source: ["a;\n", "b;"],
      outputs: [],
      execution_count: 1,
    }, {
      cell_type: "code",
      id: "cell-3",
      metadata: {},
      source: ["c;"],
      outputs: [],
      execution_count: null,
    }],
  });
  assertEquals(
    cleanNotebook(clean, clean, "/home/me/face net").cells[1]?.id,
    "id-1",
  );
});
