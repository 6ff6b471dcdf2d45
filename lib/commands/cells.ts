import { runCommand } from "./command.ts";
import { checkScripts } from "./jupyter/check_scripts.ts";
import { parseNotebook } from "./jupyter/notebook.ts";
import { brokenRules } from "./jupyter/rules.ts";
import { type Script, toScript } from "./jupyter/script.ts";
import { selectNotebooks } from "./jupyter/select.ts";
import { notebookFolder, projectFolder } from "./project.ts";

const spec = {
  name: "deno task cells",
  description:
    "Checks the committed notebooks: types and style of the code, and the outputs.",
  options: {},
} as const;

async function main(): Promise<number> {
  const names = await selectNotebooks(notebookFolder, []);
  const scripts = new Map<string, Script>();
  const problems: string[] = [];
  for (const name of names) {
    const path = `${notebookFolder}/${name}.ipynb`;
    const notebook = parseNotebook(await Deno.readTextFile(path), path);
    scripts.set(name, toScript(notebook));
    for (const { cell, message } of brokenRules(notebook)) {
      problems.push(`${name}.ipynb, cell [${cell}]: ${message}`);
    }
  }
  problems.push(...await checkScripts(scripts, projectFolder));
  for (const problem of problems) console.error(problem);
  console.log(
    `${names.length} notebooks checked, ${problems.length} problems`,
  );
  return problems.length > 0 ? 1 : 0;
}

if (import.meta.main) await runCommand(spec, main);
