import { runCommand } from "./arguments/command.ts";
import type { Flags } from "./arguments/flags.ts";
import { prepareEnvironment } from "./python/environment.ts";
import { jupyterVariables, writeKernelSpec } from "./python/kernelspec.ts";
import { sealed } from "./python/sealed.ts";
import { selectNotebooks } from "./jupyter/select.ts";
import {
  environmentFolder,
  notebookFolder,
  projectFolder,
} from "./system/project.ts";

const spec = {
  name: "deno task lab",
  description:
    "Opens the notebooks in JupyterLab. The first time it makes a private environment in .venv;\n" +
    "Python 3.10 or newer with its module venv must be there.",
  positionals: {
    name: "-- …",
    description: "more arguments, for JupyterLab itself",
  },
  options: {
    noBrowser: {
      type: "boolean",
      description: "print the address instead of opening a browser",
    },
    port: {
      type: "integer",
      min: 0,
      max: 65535,
      description: "where JupyterLab listens",
    },
    prepare: {
      type: "boolean",
      description: "make the environment and the kernel, and stop there",
    },
  },
} as const;

async function main(
  { positionals, noBrowser, port, prepare }: Flags<typeof spec>,
): Promise<number> {
  const environment = await prepareEnvironment(
    environmentFolder,
    console.log,
  );
  await writeKernelSpec(environment);
  if (prepare) return 0;
  const [first] = await selectNotebooks(notebookFolder, []);
  const lab = new Deno.Command(environment.python, {
    ...sealed([
      ...["-m", "jupyterlab", `notebooks/${first}.ipynb`],
      // By default it would be the notebook's own folder, without lib.
      `--ServerApp.root_dir=${projectFolder}`,
      ...(noBrowser ? ["--no-browser"] : []),
      ...(port === undefined ? [] : [`--port=${port}`]),
      // JupyterLab refuses to run as root unless told; in a container there is no one else.
      ...(Deno.uid() === 0 ? ["--allow-root"] : []),
      ...positionals,
    ], jupyterVariables(environment)),
    cwd: projectFolder,
  }).spawn();
  // Ctrl+C reaches JupyterLab too, which asks before it stops.
  Deno.addSignalListener("SIGINT", () => {});
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", () => lab.kill("SIGTERM"));
  }
  return (await lab.status).code;
}

if (import.meta.main) await runCommand(spec, main);
