import type { Environment } from "./environment.ts";
import { v8Flags } from "../system/v8_flags.ts";
import { writeText } from "./environment.ts";

/** The name under which the notebooks ask for their kernel, the one of `deno jupyter --install`. */
export const kernelName = "deno";

/**
 * The kernel's description for Jupyter.
 *
 * @param deno The Deno that runs the cells.
 * @param flags V8's flags for it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { interrupt_mode: mode } = kernelSpec("/usr/bin/deno", "--random-seed=0");
 * assert.equal(mode, "message");
 * ```
 */
export function kernelSpec(deno: string, flags: string) {
  return {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    // By default an interrupt is a signal, and that ends Deno's kernel.
    interrupt_mode: "message",
    env: {
      // Color codes would show as garbage in committed outputs.
      NO_COLOR: "1",
      DENO_V8_FLAGS: flags,
    },
  };
}

/**
 * Tells the environment's Jupyter about the kernel. Done at every start, since
 * this Deno may have moved: one that npx brought lives in a cache.
 */
export async function writeKernelSpec(environment: Environment): Promise<void> {
  const path = `${dataFolder(environment)}/kernels/${kernelName}/kernel.json`;
  const text = JSON.stringify(
    kernelSpec(Deno.execPath(), await v8Flags()),
    null,
    2,
  );
  const written = await Deno.readTextFile(path).catch(() => "");
  // Another start may just read it.
  if (written !== text) await writeText(path, text);
}

/**
 * Variables with which Jupyter finds this kernel before another that the user
 * has under the same name, and keeps what it writes, such as its settings, in
 * the environment.
 */
export function jupyterVariables(
  environment: Environment,
): Record<string, string> {
  const own = `${environment.folder}/share/facenet`;
  return {
    JUPYTER_PATH: dataFolder(environment),
    JUPYTER_CONFIG_DIR: `${own}/config`,
    JUPYTER_DATA_DIR: `${own}/data`,
    IPYTHONDIR: `${own}/ipython`,
  };
}

function dataFolder(environment: Environment): string {
  return `${environment.folder}/share/jupyter`;
}
