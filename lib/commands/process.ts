/** How a process ended, and what it said. */
export interface Ended {
  /** Its exit code; 0 is a success. */
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program to its end and keeps what it printed.
 *
 * @returns `undefined` where there is no such program.
 */
export async function capture(
  program: string,
  args: string[],
  options: Pick<Deno.CommandOptions, "cwd" | "env"> = {},
): Promise<Ended | undefined> {
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command(program, {
      ...options,
      args,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const text = new TextDecoder();
  return {
    code: output.code,
    stdout: text.decode(output.stdout),
    stderr: text.decode(output.stderr),
  };
}
