import { explainSkippedCells } from "../../../lib/plots/cells/explain_skipped_cells.ts";
import { projectPath } from "../../../lib/files/paths.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

const page = globalThis as Record<string, unknown>;
const code = (source: string) => ({
  cell_type: "code",
  source: source.split(/(?<=\n)/),
});

/** Writes a notebook of some cells, away from the others, for as long as a test. */
async function withCells(
  cells: { cell_type: string; source: string[] }[],
  test: (name: string) => Promise<void>,
): Promise<void> {
  await Deno.mkdir(projectPath("out"), { recursive: true });
  const name = `../out/test-${crypto.randomUUID()}`;
  const path = projectPath(`notebooks/${name}.ipynb`);
  await Deno.writeTextFile(path, JSON.stringify({ cells }));
  try {
    await test(name);
  } finally {
    await Deno.remove(path);
    for (const key of ["firstName", "secondName"]) delete page[key];
  }
}

permittedTest(
  "explainSkippedCells() has a name say which cell is missing",
  ["read", "write"],
  () =>
    withCells([
      code("1 + 1;"),
      { cell_type: "markdown", source: ["const firstName = 3;"] },
      code(" "),
      code(
        "// a comment\nconst firstName = await train(net, { steps: 100, seed: 7 });",
      ),
      code("const secondName = 2;"),
    ], async (name) => {
      await explainSkippedCells(name);
      assertThrows(
        () => page.firstName,
        ReferenceError,
        "Cannot use `firstName`: run cell [2] first, which begins with `const firstName = await train(net, { steps: 100, s…`",
      );
      assertThrows(() => page.secondName, ReferenceError, "run cell [3] first");
      page.secondName = 5;
      assertEquals(page.secondName, 5);
    }),
);

permittedTest(
  "explainSkippedCells() takes a changed notebook, and leaves what exists alone",
  ["read", "write"],
  async () => {
    await withCells([code("const firstName = 1;")], async (name) => {
      await explainSkippedCells(name);
      await withCells(
        [code("2;"), code("const firstName = 1;\nconst Deno = 2;")],
        async (changed) => {
          page.secondName = 7;
          const before = Object.getOwnPropertyDescriptor(page, "Deno");
          await explainSkippedCells(changed);
          assertThrows(() => page.firstName, ReferenceError, "run cell [2]");
          assertEquals(
            Object.getOwnPropertyDescriptor(page, "Deno"),
            before,
          );
          assertEquals(page.secondName, 7);
        },
      );
    });
  },
);

permittedTest(
  "explainSkippedCells() leaves names alone by which modules find out where they run",
  ["read", "write"],
  () =>
    withCells(
      [code("const module = 1;\nconst firstName = 2;")],
      async (name) => {
        await explainSkippedCells(name);
        assertEquals("module" in page, false);
        assertEquals("firstName" in page, true);
      },
    ),
);

Deno.test("explainSkippedCells() does nothing without a notebook", async () => {
  const before = Object.keys(Object.getOwnPropertyDescriptors(globalThis));
  await explainSkippedCells("no_such_notebook");
  assertEquals(
    Object.keys(Object.getOwnPropertyDescriptors(globalThis)),
    before,
  );
});
