import { CommandError } from "../command.ts";
import { capture } from "../process.ts";
import { findPython } from "./python.ts";

/** What is installed; JupyterLab brings the rest. */
const pins = ["jupyterlab==4.6.6", "nbclient==0.11.0", "nbformat==5.11.1"];

/** JupyterLab's own settings: no question about news at the first start. */
const settings = {
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false" },
};

/** A private Python environment with JupyterLab and nbclient. */
export interface Environment {
  folder: string;
  /** Its Python, the one program that is called. */
  python: string;
}

/** The environment that would be in a folder, made or not. */
export function environmentAt(folder: string): Environment {
  const python = Deno.build.os === "windows"
    ? "Scripts/python.exe"
    : "bin/python";
  return { folder, python: `${folder}/${python}` };
}

/**
 * Makes the private environment in a folder, unless it is there already. One
 * that is damaged, half made or of other versions is made anew, and where
 * that fails nothing is left.
 *
 * @param say Told what goes on, when it takes a while.
 * @param candidates Programs to try as Python; the usual ones by default.
 * @throws {CommandError} If there is no Python that can make it, or what it
 * needs cannot be installed.
 */
export async function prepareEnvironment(
  folder: string,
  say: (line: string) => void,
  candidates?: string[],
): Promise<Environment> {
  const environment = environmentAt(folder);
  if (await isComplete(environment)) return environment;
  const python = await findPython(candidates);
  await remove(folder);
  say(
    `Making the private environment ${folder} with ${
      pins.join(", ")
    }; this takes a minute or two, once.`,
  );
  try {
    await demand(python, ["-m", "venv", folder]);
    await demand(environment.python, [
      ...["-m", "pip", "install", "--no-input", "--disable-pip-version-check"],
      ...pins,
    ]);
    await writeText(
      `${folder}/share/jupyter/lab/settings/overrides.json`,
      JSON.stringify(settings),
    );
    // Written last: without it the environment counts as half made.
    await writeText(stampOf(environment), pins.join("\n"));
  } catch (error) {
    await remove(folder);
    throw error;
  }
  return environment;
}

/** Whether {@linkcode prepareEnvironment} once ended well there and all still works. */
export async function isComplete(environment: Environment): Promise<boolean> {
  const stamp = await Deno.readTextFile(stampOf(environment)).catch(() => "");
  if (stamp !== pins.join("\n")) return false;
  // An update of Python can take the environment's library away.
  const found = await capture(environment.python, [
    "-c",
    "from importlib.util import find_spec\n" +
    "assert all(map(find_spec, ['jupyterlab', 'nbclient', 'nbformat', 'zmq']))",
  ]);
  return found?.code === 0;
}

/** Writes a text file, and the folders it lies in. */
export async function writeText(path: string, text: string): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(path, text);
}

function stampOf(environment: Environment): string {
  return `${environment.folder}/facenet-pins.txt`;
}

async function demand(program: string, args: string[]): Promise<void> {
  const ended = await capture(program, args);
  if (ended?.code === 0) return;
  throw new CommandError(
    `Cannot make the private environment: expected "${
      [program, ...args].join(" ")
    }" to succeed, got\n${
      ended ? (ended.stderr || ended.stdout).trim() : "no such program"
    }\nNothing was left behind; run this command again when that is cured.`,
  );
}

async function remove(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
