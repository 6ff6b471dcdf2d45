import { denoBundle } from "../../system/deno_bundle.ts";

/**
 * The page's program in one piece, small.
 *
 * @throws {CommandError} If it cannot be bundled.
 */
export function bundleProgram(): Promise<string> {
  const entry = "lib/commands/page/app/main.ts";
  return denoBundle("make a page", ["--minify", entry]);
}
