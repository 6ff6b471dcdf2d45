import { join } from "node:path";
import { cleanNotebook } from "../../../lib/commands/jupyter/clean.ts";
import {
  type Environment,
  environmentAt,
  isComplete,
} from "../../../lib/commands/python/environment.ts";
import {
  type Executed,
  executeNotebook,
} from "../../../lib/commands/jupyter/execute.ts";
import { writeKernelSpec } from "../../../lib/commands/python/kernelspec.ts";
import {
  codeCells,
  formatNotebook,
  type NotebookFile,
  wholeText,
} from "../../../lib/commands/jupyter/notebook.ts";
import { failuresOf } from "../../../lib/commands/jupyter/failures.ts";
import {
  environmentFolder,
  notebookFolder,
  projectFolder,
  temporaryFolder,
} from "../../../lib/commands/system/project.ts";
import { PLOTLY_TYPE } from "../../../lib/plots/notebook/figure_bundle.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { makeNotebook } from "./make_notebook.ts";

let made: Promise<Environment | undefined> | undefined;

/** The environment of `deno task lab`, proven once; a test does not install JupyterLab. */
function madeEnvironment(): Promise<Environment | undefined> {
  return made ??= findEnvironment();
}

async function findEnvironment(): Promise<Environment | undefined> {
  const environment = environmentAt(environmentFolder);
  if (!await isComplete(environment)) {
    console.warn("not tested: `deno task lab --prepare` has not been run");
    return undefined;
  }
  await writeKernelSpec(environment);
  return environment;
}

async function execute(
  environment: Environment,
  notebook: NotebookFile,
  { seconds = 60, folder = notebookFolder } = {},
): Promise<Executed> {
  const temporary = await temporaryFolder();
  try {
    const path = `${temporary}/example.ipynb`;
    await Deno.writeTextFile(path, formatNotebook(notebook));
    return await executeNotebook(environment, path, {
      folder,
      seconds,
      variables: { FACENET_PRESET: "full" },
    });
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

const needed: Deno.PermissionName[] = ["read", "write", "run", "env"];

permittedTest(
  "executeNotebook() runs every cell in Deno's kernel, in the notebooks' folder",
  needed,
  async () => {
    const environment = await madeEnvironment();
    if (!environment) return;
    const notebook = makeNotebook(
      { code: 'import { show } from "@facenet/mnist";' },
      { text: "# Title" },
      { code: "await show({ data: [], layout: {} });" },
      { code: 'throw new RangeError("meant");', tags: ["raises-exception"] },
      { code: 'await show(Deno.env.get("FACENET_PRESET") ?? "");' },
    );
    const executed = await execute(environment, notebook);
    assertEquals(failuresOf(executed, 60), []);
    assertEquals([executed.end, executed.started], ["finished", 4]);
    const clean = cleanNotebook(notebook, executed.notebook, projectFolder);
    const outputs = codeCells(clean).map((cell) => cell.outputs[0]);
    assert(outputs[1]?.output_type === "display_data");
    assertEquals(outputs[1].data[PLOTLY_TYPE], {
      data: [],
      layout: {},
      config: { displaylogo: false },
    });
    assert(outputs[2]?.output_type === "error");
    assertEquals(outputs[2].evalue, "meant");
    assert(outputs[3]?.output_type === "display_data");
    assertEquals(outputs[3].data["text/plain"], ["full"]);
  },
);

/** The cells with which every notebook begins: the library, and a file of the project. */
const opening = makeNotebook(
  { code: 'import { projectPath, show } from "@facenet/mnist";' },
  { code: 'await show(projectPath("data/README.md"));' },
);

for (const start of ["", "/notebooks", "/lib/plots"]) {
  permittedTest(
    `executeNotebook() finds library and files with a kernel started in the project's folder${start}`,
    needed,
    async () => {
      const environment = await madeEnvironment();
      if (!environment) return;
      const executed = await execute(environment, opening, {
        folder: `${projectFolder}${start}`,
      });
      assertEquals(failuresOf(executed, 60), []);
      const [output] = executed.notebook.cells[1]!.outputs!;
      assert(output?.output_type === "display_data");
      assertEquals(
        wholeText(output.data["text/plain"] as string),
        join(projectFolder, "data/README.md"),
      );
    },
  );
}

permittedTest(
  "executeNotebook() outside of the project fails as README's Troubles has it",
  needed,
  async () => {
    const environment = await madeEnvironment();
    if (!environment) return;
    const folder = await Deno.makeTempDir();
    try {
      const executed = await execute(environment, opening, { folder });
      const [failure = ""] = failuresOf(executed, 60);
      const symptom = 'Import "@facenet/mnist" not a dependency';
      assert(failure.includes(symptom), failure);
      const readme = await Deno.readTextFile(`${projectFolder}/README.md`);
      assert(readme.includes(`| \`${symptom}\` `));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

const ends: [Executed["end"], code: string, message: RegExp][] = [
  ["raised", 'throw new Error("not meant");', /^an error in .*not meant/s],
  ["died", "Deno.exit(3);", /^the kernel ended in /],
  ["late", "await new Promise((r) => setTimeout(r, 1e6));", /^did not end/],
];
for (const [end, code, message] of ends) {
  permittedTest(
    `executeNotebook() tells in which cell a run ended as "${end}"`,
    needed,
    async () => {
      const environment = await madeEnvironment();
      if (!environment) return;
      const notebook = makeNotebook({ code: "1;" }, { code }, { code: "2;" });
      const executed = await execute(environment, notebook, { seconds: 8 });
      assertEquals([executed.end, executed.started], [end, 2]);
      const [failure = ""] = failuresOf(executed, 8);
      assert(message.test(failure), failure);
      assert(failure.includes(`cell [2]:\n\n    1 | ${code}`), failure);
    },
  );
}
