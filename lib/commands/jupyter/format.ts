import { CommandError } from "../arguments/command.ts";
import { capture } from "../system/process.ts";

/**
 * Formats the cells of a notebook's text as `deno fmt` does.
 *
 * It goes through the standard input because Deno 2.9.6 takes every notebook
 * on a disk for not formatted: `deno fmt --check` fails on its own result.
 *
 * @throws {CommandError} If `deno fmt` fails.
 */
export async function formatCells(text: string): Promise<string> {
  const ended = await capture(
    Deno.execPath(),
    ["fmt", "--quiet", "--ext", "ipynb", "-"],
    { input: text },
  );
  if (ended?.code === 0) return ended.stdout;
  throw new CommandError(`Cannot format a notebook: ${ended?.stderr}`);
}
