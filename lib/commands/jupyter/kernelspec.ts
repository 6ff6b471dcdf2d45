import type { Environment } from "./environment.ts";
import { writeText } from "./environment.ts";

/** The name under which the notebooks ask for their kernel, the one of `deno jupyter --install`. */
export const kernelName = "deno";

/** Variables of the kernel's process; DENO_V8_FLAGS would go here. */
const variables = {
  // Colour codes would show as garbage in committed outputs.
  NO_COLOR: "1",
};

/**
 * The kernel's description for Jupyter.
 *
 * @param deno The Deno that runs the cells.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(kernelSpec("/usr/bin/deno").interrupt_mode, "message");
 * ```
 */
export function kernelSpec(deno: string) {
  return {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    // By default an interrupt is a signal, and that ends Deno's kernel.
    interrupt_mode: "message",
    env: variables,
  };
}

/**
 * Tells the environment's Jupyter about the kernel. Done at every start, since
 * this Deno may have moved: one that npx brought lives in a cache.
 */
export async function writeKernelSpec(environment: Environment): Promise<void> {
  await writeText(
    `${dataFolder(environment)}/kernels/${kernelName}/kernel.json`,
    JSON.stringify(kernelSpec(Deno.execPath()), null, 2),
  );
}

/**
 * Variables with which Jupyter finds this kernel before another that the user
 * has under the same name.
 */
export function jupyterVariables(
  environment: Environment,
): Record<string, string> {
  return { JUPYTER_PATH: dataFolder(environment) };
}

function dataFolder(environment: Environment): string {
  return `${environment.folder}/share/jupyter`;
}
