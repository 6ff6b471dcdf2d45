import { Worker } from "node:worker_threads";
import { type WinogradUse, winogradUse } from "../wasm/winograd_use.ts";

/** A thread as seen from outside, with the methods of the `M` that it serves. */
export interface Thread<M> {
  /** Resolves once it can be asked. */
  ready: Promise<void>;
  /** How many questions it has not answered yet. */
  unanswered(): number;
  /**
   * Asks it; it answers one question after the other.
   *
   * @throws What the method throws, or that the thread has died or was ended.
   */
  ask<K extends keyof M & string>(
    method: K,
    ...given: Given<M[K]>
  ): Promise<Answer<M[K]>>;
  /** Ends it at once; what it has not answered by then is refused. */
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

/** What a thread is started with. */
export interface Start<A> {
  assignment: A;
  /** What this thread chose, see `setWinograd`. */
  winograd: WinogradUse;
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
  const start: Start<unknown> = { assignment, winograd: winogradUse() };
  const worker = new Worker(program, { workerData: start });
  const waiting: PromiseWithResolvers<unknown>[] = [];
  let end: Error | undefined;
  const expectAnswer = () => {
    const next = Promise.withResolvers<unknown>();
    waiting.push(next);
    return next.promise;
  };
  const refuse = (error: Error) => {
    end = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  const die = (cause: unknown) => {
    if (end) return;
    const death = new Error(
      `Cannot go on ${doing}: expected an answer of ${name}, got its end (${
        cause instanceof Error ? cause.message : cause
      })`,
      { cause },
    );
    refuse(death);
    onDeath?.(death);
  };
  worker.on("error", die);
  worker.on("exit", (code) => die(`exit code ${code}`));
  worker.on("message", (reply: Reply) => {
    if (end) return;
    const { resolve, reject } = waiting.shift()!;
    if ("error" in reply) reject(reply.error);
    else resolve(reply.answer);
  });
  const ready = expectAnswer() as Promise<void>;
  // Whoever does not wait for it hears of its failure with the first answer.
  ready.catch(() => {});
  return {
    ready,
    unanswered: () => waiting.length,
    ask(method, ...given) {
      if (end) return Promise.reject(end);
      const question: Question = { method, given };
      worker.postMessage(question);
      return expectAnswer() as Promise<never>;
    },
    end() {
      if (!end) {
        refuse(
          new Error(
            `Cannot go on ${doing}: expected an answer of ${name}, got its end, as it was told`,
          ),
        );
      }
      worker.terminate();
    },
  };
}
