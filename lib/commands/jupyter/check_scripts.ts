import { CommandError } from "../arguments/command.ts";
import { capture } from "../system/process.ts";
import { writeText } from "../python/environment.ts";
import { type Script, toCells } from "./script.ts";

/**
 * Type-checks and lints the code of notebooks.
 *
 * @param scripts The code by the names of the notebooks.
 * @param project The project's folder: the scripts lie for a moment in a
 * folder beside its notebooks, where the names in deno.json mean the same.
 * @returns Each mistake with its notebook and cell.
 */
export async function checkScripts(
  scripts: ReadonlyMap<string, Script>,
  project: string,
): Promise<string[]> {
  const folder = `${project}/.cells`;
  const files = [...scripts.keys()].map((name) => `${folder}/${name}.ts`);
  const problems = async (args: string[], each: RegExp) => {
    const text = toCells(await complaint(args, files, project), scripts);
    const found = text.match(each);
    return found ?? (text ? [text] : []);
  };
  try {
    for (const [name, { code }] of scripts) {
      await writeText(`${folder}/${name}.ts`, code);
    }
    return [
      ...await problems(["check", "--quiet"], /^TS\d+ [^]*?^ +at .*$/gm),
      // What is printed at the end of a cell can get lost; show() cannot.
      ...await problems(
        ["lint", "--quiet", "--compact", "--rules-include=no-console"],
        /^.*\.ipynb, cell .*$/gm,
      ),
    ];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function complaint(
  args: string[],
  files: string[],
  project: string,
): Promise<string> {
  const ended = await capture(Deno.execPath(), [...args, ...files], {
    cwd: project,
    env: { NO_COLOR: "1" },
  });
  if (!ended) throw new CommandError(`Cannot start ${Deno.execPath()}`);
  return ended.code === 0 ? "" : `${ended.stdout}${ended.stderr}`.trim();
}
