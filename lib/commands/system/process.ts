/** How a process ended, and what it said. */
export interface Ended {
  /** Its exit code; 0 is a success. */
  code: number;
  stdout: string;
  stderr: string;
}

/** Where and with what a process runs; by default as this one, with nothing to read. */
export interface Surroundings {
  cwd?: string;
  /** Variables besides those of this process. */
  env?: Record<string, string>;
  /** What it reads. */
  input?: string;
}

/**
 * Runs a program to its end and keeps what it printed.
 *
 * @returns `undefined` where there is no such program, or none that can run.
 */
export async function capture(
  program: string,
  args: string[],
  { input, ...options }: Surroundings = {},
): Promise<Ended | undefined> {
  let process: Deno.ChildProcess;
  try {
    process = new Deno.Command(program, {
      ...options,
      args,
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    const none = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied;
    if (none) return undefined;
    throw error;
  }
  const written = input === undefined
    ? undefined
    : new Blob([input]).stream().pipeTo(process.stdin);
  const [output] = await Promise.all([process.output(), written]);
  const text = new TextDecoder();
  return {
    code: output.code,
    stdout: text.decode(output.stdout),
    stderr: text.decode(output.stderr),
  };
}
