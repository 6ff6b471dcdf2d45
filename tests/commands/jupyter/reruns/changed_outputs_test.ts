import { changedOutputs } from "../../../../lib/commands/jupyter/reruns/changed_outputs.ts";
import { PLOTLY_TYPE } from "../../../../lib/plots/notebook/figure_bundle.ts";
import { assertEquals } from "../../../assert.ts";
import { displayed, makeNotebook, thrown } from "../make_notebook.ts";

type Bundle = Record<string, string | object>;

/** What is found where a cell's output was one and is another now. */
function found(was: Bundle, is: Bundle, tags: string[] = []): string[] {
  const notebook = (data: Bundle) =>
    makeNotebook({ code: "await show(1);", tags, outputs: [displayed(data)] });
  return changedOutputs(notebook(was), notebook(is))
    .map(({ message }) => message);
}

Deno.test("changedOutputs() finds texts, tables and figures that changed", () => {
  const cases: [Bundle, Bundle, string[]][] = [
    [{ "text/plain": "a" }, { "text/plain": ["a"] }, []],
    [{ "text/plain": "0.123" }, { "text/plain": "0.124" }, [
      'text/plain changed: expected "0.123", got "0.124"',
    ]],
    [{ "text/html": "<td>1" }, { "text/html": "<td>2" }, [
      'text/html changed: expected "<td>1", got "<td>2"',
    ]],
    [{ [PLOTLY_TYPE]: { data: [1] } }, { [PLOTLY_TYPE]: { data: [2] } }, [
      `${PLOTLY_TYPE} changed: expected "{\\"data\\":[1]}", got "{\\"data\\":[2]}"`,
    ]],
    [{ [PLOTLY_TYPE]: { a: 1, b: 2 } }, { [PLOTLY_TYPE]: { b: 2, a: 1 } }, []],
    // Pictures are drawn by a browser, and the page's script is not kept.
    [
      { [PLOTLY_TYPE]: {}, "image/png": "a" },
      { [PLOTLY_TYPE]: {}, "text/html": "<script>" },
      [],
    ],
    [
      { "image/png": "a", "text/plain": "[figure]" },
      { [PLOTLY_TYPE]: {}, "text/plain": "[figure]" },
      [],
    ],
  ];
  for (const [was, is, messages] of cases) {
    assertEquals(found(was, is), messages);
  }
});

Deno.test("changedOutputs() leaves out cells that are about speed", () => {
  const [was, is] = [{ "text/plain": "3 s" }, { "text/plain": "4 s" }];
  assertEquals(found(was, is, ["speed"]), []);
  assertEquals(found(was, is, ["other"]).length, 1);
});

Deno.test("changedOutputs() finds outputs that are missing and other errors", () => {
  const code = "f();";
  const committed = makeNotebook(
    { code, outputs: [displayed()] },
    { code, outputs: [thrown("no")] },
  );
  const executed = makeNotebook({ code }, { code, outputs: [thrown("yes")] });
  assertEquals(changedOutputs(committed, executed), [
    { cell: 1, message: "outputs: expected 1 as committed, got 0" },
    { cell: 2, message: 'error changed: expected "no", got "yes"' },
  ]);
});
