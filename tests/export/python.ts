import { fileURLToPath } from "node:url";
import { capture } from "../../lib/commands/system/process.ts";
import { assert, assertEquals } from "../assert.ts";
import { inFolder } from "../digits/folder.ts";

/** The program to run: `FACENET_PYTHON` in the environment, or `python3`. */
const python = allowed({ name: "env" }) &&
    Deno.env.get("FACENET_PYTHON") || "python3";

/**
 * Registers a test that runs Python. Where it has not all of the modules it is
 * ignored, and its name says which it needs.
 *
 * @param test Gets a new folder, and `run`: a script beside this file and its
 * arguments, to what it prints as JSON.
 */
export function pythonTest(
  name: string,
  modules: readonly string[],
  test: (
    folder: string,
    run: (script: string, ...args: string[]) => Promise<unknown>,
  ) => Promise<void>,
): void {
  const isReady = hasModules(modules);
  const needed = `[needs a Python with ${modules.join(" and ")}]`;
  Deno.test({
    name: isReady ? name : `${name} ${needed}`,
    ignore: !isReady,
    fn: () => inFolder((folder) => test(folder, run)),
  });
}

async function run(script: string, ...args: string[]): Promise<unknown> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const ended = await runPython([path, ...args]);
  assertEquals(ended.code, 0, ended.stderr);
  return JSON.parse(ended.stdout);
}

/** Runs Python, which computes by one thread. */
export async function runPython(args: readonly string[]) {
  const env = { OMP_NUM_THREADS: "1" };
  const ended = await capture(python, [...args], { env });
  assert(ended);
  return ended;
}

function hasModules(modules: readonly string[]): boolean {
  if (!allowed({ name: "run" }) || !allowed({ name: "write" })) return false;
  const found = modules.map((name) => `find_spec("${name}")`).join(" and ");
  const code =
    `from importlib.util import find_spec; raise SystemExit(not (${found}))`;
  try {
    return new Deno.Command(python, { args: ["-c", code] }).outputSync()
      .success;
  } catch {
    return false;
  }
}

function allowed(descriptor: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(descriptor).state === "granted";
}
