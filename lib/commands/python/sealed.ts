import { fileURLToPath } from "node:url";
import { capture, type Ended } from "../system/process.ts";

/** With what a process is started. */
export interface SealedCommand {
  args: string[];
  env: Record<string, string>;
}

/**
 * Says how to start a Python so that nothing reaches it, or the processes that
 * it starts, that was set for another Python, pip or Jupyter: neither variables
 * such as PYTHONPATH and PIP_USER nor `pip.conf`. How pip reaches its packages
 * stays as it was set.
 *
 * @param args What it runs: `["-m", "venv", folder]`, or a script and its
 * arguments.
 * @param variables Variables for it, of any kind.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { args } = sealed(["-m", "venv", "here"], { JUPYTER_PATH: "/x" });
 * assert.equal(args[0], "-I");
 * assert.deepEqual(args.slice(2), ["JUPYTER_PATH=/x", "--", "-m", "venv", "here"]);
 * ```
 */
export function sealed(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): SealedCommand {
  const assignments = Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`);
  return {
    args: ["-I", program("sealed.py"), ...assignments, "--", ...args],
    env: { ...noOtherName },
  };
}

/** Variables that tell a Python where it lies itself. Even `-I` heeds them, but not where they are empty. */
export const noOtherName = { PYTHONEXECUTABLE: "", __PYVENV_LAUNCHER__: "" };

/** Waits for the end of a sealed command; nothing where there is no such Python. */
export async function runSealed(
  python: string,
  args: readonly string[],
): Promise<Ended | undefined> {
  const start = sealed(args);
  return await capture(python, start.args, { env: start.env });
}

/** What the private environment in a folder must hold. */
export interface Needed {
  /** Such as `jupyterlab==4.6.6`. */
  pins: readonly string[];
  /** Modules that must be there and work. */
  modules: readonly string[];
}

/**
 * Says what is wrong with a private environment; `undefined` if it is whole:
 * the pinned versions are there, so is every file of every package that was
 * there the first time, and what is needed can be imported.
 *
 * @param python The environment's Python.
 * @param folder The environment's folder, which keeps the list of packages.
 */
export async function environmentFault(
  python: string,
  folder: string,
  { pins, modules }: Needed,
): Promise<string | undefined> {
  const list = `${folder}/facenet-packages.txt`;
  const args = [program("proof.py"), list, pins.join(" "), ...modules];
  const ended = await runSealed(python, args);
  if (!ended) return "it has no Python that starts";
  return ended.code === 0 ? undefined : lastLine(ended);
}

/** The last line that a program wrote: Python and pip put the reason there. */
export function lastLine({ stdout, stderr }: Ended): string {
  const lines = (stderr.trim() || stdout.trim()).split("\n");
  return lines.at(-1) || "it did not say why";
}

function program(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
