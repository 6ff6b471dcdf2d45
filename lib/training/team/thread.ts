import { Worker } from "node:worker_threads";
import { BrokenBarrier } from "./barrier.ts";
import type { Answers, Assignment, Reply, Request } from "./messages.ts";

/** A thread of a team, as seen from outside. */
export interface Thread {
  /** Resolves once it can be asked. */
  ready: Promise<void>;
  /** Asks it, after the answer to the question before. */
  ask<R extends Request>(request: R): Promise<Answers[R["kind"]]>;
  /** Ends it at once. */
  end(): void;
}

/**
 * Starts a thread.
 *
 * @param program What it runs, see `serve`.
 * @param onDeath Called if it ends before it is told to: nothing of what it had
 * to do is done then.
 * @throws {Deno.errors.NotCapable} If the program may not read this library.
 */
export function startThread(
  program: URL,
  assignment: Assignment,
  onDeath: (error: Error) => void,
): Thread {
  const worker = new Worker(program, { workerData: assignment });
  let waiting: PromiseWithResolvers<unknown> | undefined;
  let isEnded = false;
  const answer = () => {
    waiting = Promise.withResolvers();
    return waiting.promise;
  };
  const die = (cause: unknown) => {
    if (isEnded) return;
    isEnded = true;
    const error = new Error(
      `Cannot go on training: expected an answer of thread ${
        assignment.rank + 1
      } of ${assignment.memory.size}, got its end (${
        cause instanceof Error ? cause.message : cause
      })`,
      { cause },
    );
    waiting?.reject(error);
    onDeath(error);
  };
  worker.on("error", die);
  worker.on("exit", (code) => die(`exit code ${code}`));
  worker.on("message", (reply: Reply) => {
    if (reply === "broken") waiting?.reject(new BrokenBarrier());
    else if ("error" in reply) waiting?.reject(reply.error);
    else waiting?.resolve(reply.answer);
  });
  return {
    ready: answer() as Promise<never>,
    ask(request) {
      const answered = answer();
      worker.postMessage(request);
      return answered as Promise<never>;
    },
    end() {
      isEnded = true;
      worker.terminate();
    },
  };
}
