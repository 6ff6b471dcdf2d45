/** What Ctrl-C means to a run. */
export interface Interrupt {
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
  /** Lets Ctrl-C end the process at once again. */
  release(): void;
}

/** The exit code of a program that Ctrl-C ended: 128 and the signal's number. */
export const interruptedCode = 130;

/**
 * A terminal sends Ctrl-C to the whole group of processes, and `deno task`
 * forwards what it gets: within this time, two are one.
 */
const oneInterrupt = 300;

/**
 * Makes the first Ctrl-C a request, and the second the end of the process.
 *
 * @param onFirst Called at once.
 */
export function onInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  let first: number | undefined;
  const listener = () => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      onFirst();
      controller.abort();
    } else if (now - first > oneInterrupt) {
      Deno.exit(interruptedCode);
    }
  };
  Deno.addSignalListener("SIGINT", listener);
  return {
    signal: controller.signal,
    release: () => Deno.removeSignalListener("SIGINT", listener),
  };
}

/** What is said after a run was stopped: what is kept, and how to go on. */
export function farewell(
  step: number,
  kept: string | undefined,
  out: string,
): string {
  if (kept === undefined) return `Stopped after step ${step}; nothing is kept`;
  const path = /^[\w./-]+$/.test(out)
    ? out
    : `'${out.replaceAll("'", "'\\''")}'`;
  return `Stopped after step ${step}; the run is kept in ${kept}.\n` +
    `Go on with: deno task train --resume${
      out === "out" ? "" : ` --out ${path}`
    }`;
}
