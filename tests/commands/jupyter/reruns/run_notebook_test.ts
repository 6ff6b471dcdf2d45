import {
  formatNotebook,
  type NotebookFile,
} from "../../../../lib/commands/jupyter/notebook.ts";
import {
  type NotebookRun,
  runNotebook,
} from "../../../../lib/commands/jupyter/reruns/run_notebook.ts";
import {
  environmentAt,
  isComplete,
} from "../../../../lib/commands/python/environment.ts";
import { writeKernelSpec } from "../../../../lib/commands/python/kernelspec.ts";
import {
  environmentFolder,
  projectFolder,
} from "../../../../lib/commands/system/project.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";
import { displayed, makeNotebook } from "../make_notebook.ts";

/** Runs a notebook that lies in the ignored folder `out`; undefined without JupyterLab. */
async function failuresOf(
  make: (name: string) => NotebookFile,
  how: Partial<NotebookRun>,
): Promise<string[] | undefined> {
  const environment = environmentAt(environmentFolder);
  if (!await isComplete(environment)) {
    console.warn("not tested: `deno task lab --prepare` has not been run");
    return undefined;
  }
  await writeKernelSpec(environment);
  const name = `test-${crypto.randomUUID()}`;
  const path = `${projectFolder}/out/${name}.ipynb`;
  await Deno.mkdir(`${projectFolder}/out`, { recursive: true });
  await Deno.writeTextFile(path, formatNotebook(make(`../out/${name}`)));
  try {
    return await runNotebook(path, {
      environment,
      browser: undefined,
      seconds: 120,
      preset: "quick",
      twice: false,
      compare: false,
      skip: undefined,
      ...how,
    });
  } finally {
    await Deno.remove(path);
  }
}

const needed: Deno.PermissionName[] = ["read", "write", "run", "env"];

/** Declarations of every kind, and cells that use them. */
const lesson = (name: string) =>
  makeNotebook(
    {
      code:
        `import { explainSkippedCells, show } from "@facenet/mnist";\nawait explainSkippedCells("${name}");`,
    },
    { code: "const { a, b: [c] } = { a: 1, b: [2] };" },
    { code: "let d = 3;\nfunction e() {\n  return a + c + d;\n}" },
    { code: "class F {\n  value = e();\n}" },
    {
      code: "await show(`${new F().value}`);",
      outputs: [displayed({ "text/plain": "6" })],
    },
  );

permittedTest(
  "runNotebook() runs a lesson's cells twice, and compares what they show",
  needed,
  async () => {
    const twice = await failuresOf(lesson, { twice: true });
    if (twice === undefined) return;
    assertEquals(twice, []);
    assertEquals(await failuresOf(lesson, { compare: true }), []);
    const other = await failuresOf((name) => {
      const notebook = lesson(name);
      notebook.cells[1]!.source = "const { a, b: [c] } = { a: 2, b: [2] };";
      return notebook;
    }, { compare: true });
    assertEquals(other, [
      'cell [5]: text/plain changed: expected "6", got "7"',
    ]);
  },
);

permittedTest(
  "runNotebook() finds cells that do not bear to be run twice, or left out",
  needed,
  async () => {
    const grown = makeNotebook(
      { code: "const list: number[] = [];" },
      { code: 'list.push(1);\nif (list.length > 1) throw new Error("grown");' },
    );
    const [failure] = await failuresOf(() => grown, { twice: true }) ?? [];
    if (failure === undefined) return;
    assert(failure.startsWith("an error in cell [2], run again:"), failure);
    const [unexplained = ""] = await failuresOf(() => grown, { skip: 1 }) ?? [];
    assertEquals(unexplained, "");
  },
);

for (const skip of [2, 4]) {
  permittedTest(
    `runNotebook() finds that a lesson explains that cell [${skip}] is missing`,
    needed,
    async () => {
      assertEquals(await failuresOf(lesson, { skip }) ?? [], []);
    },
  );
}
