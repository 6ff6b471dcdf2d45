import { linesOf } from "./lines.ts";

/** How to start a subject. */
export interface Launch {
  /** For people: `ours, no flags`. */
  name: string;
  program: string;
  args: string[];
  env?: Record<string, string>;
}

/**
 * A program that measures itself: it waits for a line such as `train 28 120`,
 * does that, and answers with a line of JSON.
 */
export interface Runner {
  /**
   * Sends a line and awaits the answer; one at a time.
   *
   * @throws {Error} If the program cannot be started or ends instead.
   */
  ask<T>(request: string): Promise<T>;
  /** Ends the program, if it still runs. */
  end(): Promise<void>;
}

/**
 * Starts a subject in a process of its own.
 *
 * @param signal Ends it.
 */
export function startRunner(
  { name, program, args, env = {} }: Launch,
  signal: AbortSignal,
): Runner {
  const command = new Deno.Command(program, {
    args,
    env,
    signal,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  try {
    return runnerOf(command.spawn(), name);
  } catch (error) {
    const reason = `${name} cannot be started: ${(error as Error).message}`;
    return {
      ask: () => Promise.reject(new Error(reason)),
      end: () => Promise.resolve(),
    };
  }
}

function runnerOf(process: Deno.ChildProcess, name: string): Runner {
  const requests = process.stdin.getWriter();
  const answers = linesOf(process.stdout);
  // Read at once: a program whose errors nobody reads comes to a halt.
  const errors = new Response(process.stderr).text();
  return {
    async ask<T>(request: string): Promise<T> {
      const line = new TextEncoder().encode(`${request}\n`);
      // Where the program has ended, the missing answer says so.
      await requests.write(line).catch(() => {});
      while (true) {
        const { value, done } = await answers.next();
        if (done) break;
        // Libraries greet and warn on the same stream.
        if (value.startsWith("{")) return JSON.parse(value) as T;
      }
      const { code, signal } = await process.status;
      throw new Error(
        `${name} ended with ${signal ?? `code ${code}`} at "${request}": ${
          reasonIn(await errors)
        }`,
      );
    },
    async end() {
      try {
        process.kill("SIGKILL");
      } catch (error) {
        // It has ended by itself.
        if (!(error instanceof TypeError)) throw error;
      }
      await Promise.all([
        process.status,
        errors,
        requests.abort().catch(() => {}),
        answers.return(undefined),
      ]);
    },
  };
}

/** Asks a subject for one thing, in a process for this alone. */
export async function askOnce<T>(
  launch: Launch,
  request: string,
  signal: AbortSignal,
): Promise<T> {
  const runner = startRunner(launch, signal);
  try {
    return await runner.ask<T>(request);
  } finally {
    await runner.end();
  }
}

/** What a program said last, without colors; Deno puts the place after it. */
function reasonIn(errors: string): string {
  // deno-lint-ignore no-control-regex
  const plain = errors.replace(/\u001b\[[\d;]*m/g, "");
  const lines = plain.split("\n").map((line) => line.trim()).filter(Boolean);
  // The drivers of a GPU may complain before.
  const ofDeno = lines.findLast((line) => line.startsWith("error: "));
  return ofDeno?.replace(/^error: (Uncaught )?(\(in promise\) )?/, "") ??
    lines.at(-1) ?? "it did not say why";
}
