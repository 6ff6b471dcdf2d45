import { parentPort, workerData } from "node:worker_threads";
import { setWinograd } from "../wasm/winograd_use.ts";
import type { Question, Reply, Start } from "./thread.ts";

/**
 * Makes this thread serve the one that started it: it says when it is ready, then
 * answers one question after the other by the methods of what it made. Whatever
 * is thrown goes to the thread that asked.
 *
 * @param create Makes it, from the assignment that `startThread` was given.
 */
export async function serve<A, M extends object>(
  create: (assignment: A) => M | Promise<M>,
): Promise<void> {
  const port = parentPort!;
  const reply = async (answer: () => Promise<unknown>) => {
    let message: Reply;
    try {
      message = { answer: await answer() };
    } catch (error) {
      message = { error };
    }
    port.postMessage(message);
  };

  const { assignment, winograd } = workerData as Start<A>;
  setWinograd(winograd);
  const starting = Promise.resolve(assignment).then(create);
  let last = reply(async () => void await starting);
  port.on("message", ({ method, given }: Question) => {
    last = last.then(() =>
      reply(async () => {
        const methods = await starting as Methods;
        return methods[method]!(...given);
      })
    );
  });
  await last;
}

type Methods = Record<string, (...given: unknown[]) => unknown>;
