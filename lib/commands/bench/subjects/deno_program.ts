import { fileURLToPath } from "node:url";
import { noFlags } from "../../../backends/wasm/linking/tier.ts";
import type { Launch } from "../../../experiment/bench/runner.ts";

/** Runs one of the programs in Deno, with V8's flags and options of Deno's. */
export function denoProgram(
  name: string,
  file: string,
  args: (string | number)[] = [],
  { options = [], flags = noFlags }: { options?: string[]; flags?: string } =
    {},
): Launch {
  const start = ["run", "-q", "--no-prompt", ...options, programPath(file)];
  return {
    name,
    program: Deno.execPath(),
    args: [...start, ...args.map(String)],
    env: { DENO_V8_FLAGS: flags },
  };
}

/** The path of a program. */
export function programPath(file: string): string {
  return fileURLToPath(new URL(`../programs/${file}`, import.meta.url));
}
