import type { Start } from "./serve.ts";

let program = new URL("../worker.ts", import.meta.url);

/** What a thread runs: see `serve`. */
export const workerProgram = (): URL => program;

/** Says where that is, where it is not the file of this library: in its npm package. */
export function setWorkerProgram(url: URL): void {
  program = url;
}

/** A thread that runs. */
export interface RunningThread {
  terminate(): unknown;
}

/**
 * The threads of Node.js, which Deno has too, or nothing: a page has workers of the web.
 * Those of Node do not keep a program alive.
 */
export const nodeThreads = ():
  | typeof import("node:worker_threads")
  | undefined =>
  typeof process === "undefined"
    ? undefined
    : process.getBuiltinModule?.("node:worker_threads");

/**
 * Starts a thread. One that does not come is not waited for.
 *
 * @param program A module that takes the start with {@linkcode receiveStart}.
 * @throws {Error} If it may not be started.
 */
export function startWorker(program: URL, start: Start): RunningThread {
  const node = nodeThreads();
  if (node) {
    const thread = new node.Worker(program, { workerData: start });
    thread.on("error", () => {});
    thread.unref();
    return thread;
  }
  const worker = new Worker(program, { type: "module" });
  worker.addEventListener("error", ({ message }) => {
    console.warn(
      `A thread of the wasm backend has not started or has ended: ${
        message ?? `expected its program at ${program}`
      }`,
    );
  });
  worker.postMessage(start);
  return worker;
}

/** What a thread was told at its start; to be called at once when it begins. */
export function receiveStart(): Promise<Start> {
  const node = nodeThreads();
  if (node) return Promise.resolve(node.workerData);
  return new Promise((resolve) => {
    const received = ({ data }: MessageEvent) => resolve(data);
    addEventListener("message", received, { once: true });
  });
}
