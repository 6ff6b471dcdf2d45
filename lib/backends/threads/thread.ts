import { Worker } from "node:worker_threads";

/** A thread as seen from outside, with the methods of the `M` that it serves. */
export interface Thread<M> {
  /** Resolves once it can be asked. */
  ready: Promise<void>;
  /** How many questions it has not answered yet. */
  open(): number;
  /** Asks it; it answers one question after the other. */
  ask<K extends keyof M>(method: K, ...given: Given<M[K]>): Promise<
    Answer<M[K]>
  >;
  /** Ends it at once. */
  end(): void;
}

type Given<F> = F extends (...given: infer G) => unknown ? G : never;
type Answer<F> = F extends (...given: never[]) => infer A ? Awaited<A> : never;

/** How a thread is started. */
export interface ThreadOptions {
  /** What it runs, see `serve`. */
  program: URL;
  /** What `serve` tells the program. */
  assignment: unknown;
  /** For the error of a thread that dies: "Cannot go on ${doing}". */
  doing: string;
  /** For the same: "thread 2 of 3". */
  name: string;
  /** Called if it ends before it is told to. */
  onDeath?: (error: Error) => void;
}

/** What a thread is sent. */
export interface Question {
  method: string;
  given: unknown[];
}

/** What it sends, once when it is ready and then for each question. */
export type Reply = { answer: unknown } | { error: unknown };

/**
 * Starts a thread.
 *
 * Numbers should travel as the memory behind a typed array: Deno 2.9 goes through
 * a typed array that arrives value by value, which takes 20 ns for each byte.
 *
 * @throws {Deno.errors.NotCapable} If the program may not read this library.
 */
export function startThread<M>(
  { program, assignment, doing, name, onDeath }: ThreadOptions,
): Thread<M> {
  const worker = new Worker(program, { workerData: assignment });
  const waiting: PromiseWithResolvers<unknown>[] = [];
  let death: Error | undefined;
  const answer = () => {
    const next = Promise.withResolvers<unknown>();
    waiting.push(next);
    return next.promise;
  };
  const die = (cause: unknown) => {
    if (death) return;
    death = new Error(
      `Cannot go on ${doing}: expected an answer of ${name}, got its end (${
        cause instanceof Error ? cause.message : cause
      })`,
      { cause },
    );
    for (const { reject } of waiting.splice(0)) reject(death);
    onDeath?.(death);
  };
  worker.on("error", die);
  worker.on("exit", (code) => die(`exit code ${code}`));
  worker.on("message", (reply: Reply) => {
    const { resolve, reject } = waiting.shift()!;
    if ("error" in reply) reject(reply.error);
    else resolve(reply.answer);
  });
  return {
    ready: answer() as Promise<void>,
    open: () => waiting.length,
    ask(method, ...given) {
      if (death) return Promise.reject(death);
      const answered = answer();
      worker.postMessage({ method, given } as Question);
      return answered as Promise<never>;
    },
    end() {
      death ??= new Error(`Cannot ask ${name}: it was told to end`);
      worker.terminate();
    },
  };
}
