import { CommandError } from "../arguments/command.ts";
import { findPython } from "./python.ts";
import { environmentFault, runSealed } from "./sealed.ts";

/** What is installed; JupyterLab brings the rest. */
const pins = ["jupyterlab==4.6.6", "nbclient==0.11.0", "nbformat==5.11.1"];

const needed = {
  pins,
  modules: ["jupyterlab.labapp", "nbclient", "nbformat", "zmq"],
};

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
  const fault = await faultOf(environment);
  if (!fault) return environment;
  const python = await findPython(candidates);
  const isNew = await Deno.lstat(folder).then(() => false, () => true);
  await removeFolder(folder);
  say(
    `Making the private environment ${folder} with ${pins.join(", ")}${
      isNew ? "" : ` anew (${fault})`
    }; this takes a minute or two, once.`,
  );
  try {
    await demand(python, ["-m", "venv", folder]);
    await demand(environment.python, [
      ...["-m", "pip", "install", "--no-input", "--disable-pip-version-check"],
      ...pins,
    ]);
    const left = await environmentFault(environment.python, folder, needed);
    if (left) throw failure("what was installed to work", left);
    await writeText(
      `${folder}/share/jupyter/lab/settings/overrides.json`,
      JSON.stringify(settings),
    );
    // Written last: without it the environment counts as half made.
    await writeText(stampOf(environment), pins.join("\n"));
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
  return environment;
}

/** Whether {@linkcode prepareEnvironment} once ended well there and all still works. */
export async function isComplete(environment: Environment): Promise<boolean> {
  return await faultOf(environment) === undefined;
}

async function faultOf(environment: Environment): Promise<string | undefined> {
  const stamp = await Deno.readTextFile(stampOf(environment)).catch(() => "");
  if (stamp === "") return "it was half made";
  if (stamp !== pins.join("\n")) return "it has other versions";
  return await environmentFault(
    environment.python,
    environment.folder,
    needed,
  );
}

/** Writes a text file, and the folders it lies in. */
export async function writeText(path: string, text: string): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(path, text);
}

function stampOf(environment: Environment): string {
  return `${environment.folder}/facenet-pins.txt`;
}

/** Runs a module of Python, which is to succeed. */
async function demand(python: string, args: string[]): Promise<void> {
  const ended = await runSealed(python, args);
  if (ended?.code === 0) return;
  throw failure(
    `"${[python, ...args].join(" ")}" to succeed`,
    ended ? (ended.stderr || ended.stdout).trim() : "no such program",
  );
}

function failure(expected: string, got: string): CommandError {
  return new CommandError(
    `Cannot make the private environment: expected ${expected}, got\n${got}\nNothing was left behind; run this command again when that is cured.`,
  );
}

/** Removes a folder with all that it holds, if it is there. */
export async function removeFolder(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
