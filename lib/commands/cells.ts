import { writeWholeFile } from "../files/whole_file.ts";
import { runCommand } from "./arguments/command.ts";
import type { Flags } from "./arguments/flags.ts";
import { checkScripts } from "./jupyter/check_scripts.ts";
import { formatCells } from "./jupyter/format.ts";
import { parseNotebook } from "./jupyter/notebook.ts";
import { lessonProblems } from "./jupyter/rules/lessons.ts";
import { brokenRules } from "./jupyter/rules/rules.ts";
import { notebookScript, type Script } from "./jupyter/script.ts";
import { selectNotebooks } from "./jupyter/select.ts";
import { notebookFolder, projectFolder } from "./system/project.ts";

const spec = {
  name: "deno task cells",
  description:
    "Checks the committed notebooks: format, types and style of the code, and the outputs.",
  options: {
    format: { type: "boolean", description: "format the code first" },
  },
} as const;

async function main({ format }: Flags<typeof spec>): Promise<number> {
  const names = await selectNotebooks(notebookFolder, []);
  const encoder = new TextEncoder();
  const scripts = new Map<string, Script>();
  const problems: string[] = [];
  for (const name of names) {
    const path = `${notebookFolder}/${name}.ipynb`;
    const text = await Deno.readTextFile(path);
    const notebook = parseNotebook(text, path);
    const formatted = await formatCells(text);
    if (formatted !== text) {
      if (format) await writeWholeFile(path, encoder.encode(formatted));
      else {problems.push(
          `${name}.ipynb: not formatted, see ${spec.name} --help`,
        );}
    }
    scripts.set(name, notebookScript(notebook));
    const bytes = encoder.encode(formatted).length;
    for (
      const { cell, message } of [
        ...brokenRules(notebook),
        ...lessonProblems(notebook, { name, bytes }),
      ]
    ) {
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
