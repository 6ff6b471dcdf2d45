import { lessonProblems } from "../../../../lib/commands/jupyter/rules/lessons.ts";
import { PLOTLY_TYPE } from "../../../../lib/plots/notebook/figure_bundle.ts";
import { assertEquals } from "../../../assert.ts";
import { displayed, makeNotebook } from "../make_notebook.ts";

const file = { name: "07_faces", bytes: 1e6 };
const opening = {
  code: 'import "@facenet/mnist";\nawait explainSkippedCells("07_faces");',
};
const lines = (count: number) => "f();\n".repeat(count).trim();

/** What is found in cells after a right first one, without their numbers. */
function found(...cells: Parameters<typeof makeNotebook>): string[] {
  return lessonProblems(makeNotebook(opening, ...cells), file)
    .map(({ message }) => message);
}

Deno.test("lessonProblems() finds nothing in a notebook as it should be", () => {
  const figure = { [PLOTLY_TYPE]: {}, "image/png": "" };
  assertEquals(
    found(
      { code: lines(25) },
      { code: lines(60), isFolded: true },
      { code: "assert(a);", isFolded: true },
      { code: "const b = 1;\nassert(b);" },
      { code: "await show(a + b);\nassert(a);" },
      { code: "a.dispose();\nassert(a);" },
      { code: "await show(figure);", outputs: [displayed(figure)] },
    ),
    [],
  );
});

Deno.test("lessonProblems() finds a visible cell of more than 25 lines", () => {
  assertEquals(found({ code: lines(26) }), [
    "expected cells with a median of at most 10 lines, got 14",
    "expected at most 25 lines, or a folded cell, got 26",
  ]);
});

Deno.test("lessonProblems() finds a median of more than ten lines", () => {
  assertEquals(
    found({ code: lines(11) }, { code: lines(11), isFolded: true }),
    ["expected cells with a median of at most 10 lines, got 11"],
  );
});

for (
  const code of [
    "// a comment\nassert.equal(1, 1);",
    "const c = 1;\nassert(c);",
    "for (const d of list) {\n  assert(d);\n}",
    "await assert.rejects(f);\nassert(1);",
  ]
) {
  Deno.test(`lessonProblems() finds only asserts in ${JSON.stringify(code)}`, () => {
    const expected = [
      "expected a cell that shows something, or a folded one, got only asserts",
    ];
    assertEquals(found({ code }), expected);
  });
}

Deno.test("lessonProblems() finds what would happen twice in a cell run twice", () => {
  const made = { code: "const list: number[] = [];\nlet count = 0;" };
  for (
    const [code, change] of [
      ["list.push(1);", "list.push("],
      ["count += 1;", "count +="],
      ["for (const x of list) count++;", "count++"],
      ["list[0]! += 2;", "list[0]! +="],
      ["const list = [1];\nlist.push(1);", undefined],
      ["function f(list: number[]) {\n  list.push(1);\n}", undefined],
      ["for (let count = 0; count < 3; count++) f(count);", undefined],
      ["other.list.push(count + 1);", undefined],
    ]
  ) {
    assertEquals(
      found(made, { code: code! }),
      change === undefined
        ? []
        : [`expected a cell to leave other cells' values alone, got ${change}`],
    );
  }
});

Deno.test("lessonProblems() finds a figure without a picture", () => {
  const outputs = [displayed({ [PLOTLY_TYPE]: {}, "text/html": "<b>" })];
  assertEquals(found({ code: "await show(f);", outputs }), [
    "expected a picture of every figure, got none",
  ]);
});

Deno.test("lessonProblems() finds a large file and what explains nothing", () => {
  const notebook = makeNotebook({ code: 'explainSkippedCells("08_other");' });
  assertEquals(lessonProblems(notebook, { ...file, bytes: 1_600_000 }), [
    {
      cell: 0,
      message:
        'expected await explainSkippedCells("07_faces"); after the imports, got none',
    },
    { cell: 0, message: "expected a file of at most 1.5 MB, got 1.60" },
  ]);
});
