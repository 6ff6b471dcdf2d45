import { checkScripts } from "../../../lib/commands/jupyter/check_scripts.ts";
import { notebookScript } from "../../../lib/commands/jupyter/script.ts";
import { projectFolder } from "../../../lib/commands/system/project.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { makeNotebook } from "./make_notebook.ts";

permittedTest(
  "checkScripts() names the notebook and the cell of each mistake",
  ["read", "write", "run"],
  async () => {
    const good = makeNotebook(
      { code: 'import { createRandom } from "../lib/numeric/random.ts";' },
      { code: "createRandom(1).uniform();" },
    );
    const bad = makeNotebook(
      {
        code:
          'import { createRandom } from "../lib/numeric/random.ts";\nlet a = "";',
      },
      { text: "# Title" },
      { code: '// here\na = createRandom(1).uniform();\ncreateRandom("2");' },
      { code: "console.log(a);" },
    );
    const problems = await checkScripts(
      new Map([["01_good", notebookScript(good)], [
        "02_bad",
        notebookScript(bad),
      ]]),
      projectFolder,
    );
    const places = [
      "02_bad.ipynb, cell [2], line 2, column 1",
      "02_bad.ipynb, cell [2], line 3, column 14",
      "02_bad.ipynb, cell [3], line 1, column 1 - `console` usage",
    ];
    assertEquals(problems.length, places.length, problems.join("\n"));
    places.forEach((place, i) => {
      assert(problems[i]?.includes(place), problems[i]);
    });
    await assertRejects(
      () => Deno.stat(`${projectFolder}/.cells`),
      Deno.errors.NotFound,
    );
  },
);
