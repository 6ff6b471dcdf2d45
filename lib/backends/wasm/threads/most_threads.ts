import { nodeThreads, workerProgram } from "./start_worker.ts";

/** Why no thread can start here, or nothing where some can. */
export function whyAlone(): string | undefined {
  if (typeof SharedArrayBuffer === "undefined" || isNotIsolated()) {
    return "there is no memory that threads can share here";
  }
  if (!nodeThreads() && typeof Worker === "undefined") {
    return "this runtime has no threads";
  }
  if (!mayRead()) {
    return "threads need the permission to read the library's files";
  }
}

/** In a browser, a page that is not isolated from others. */
const isNotIsolated = () =>
  (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated ===
    false;

function mayRead(): boolean {
  const path = workerProgram();
  if (typeof Deno === "undefined" || path.protocol !== "file:") return true;
  return Deno.permissions.querySync({ name: "read", path }).state === "granted";
}

/** How many threads are worth starting here: one for each core, or 1. */
export function mostThreads(): number {
  return whyAlone() === undefined ? coreCount() : 1;
}

/** How many threads this machine runs at once. Node.js has no navigator before 21. */
export function coreCount(): number {
  return globalThis.navigator?.hardwareConcurrency ??
    process.getBuiltinModule("node:os").availableParallelism();
}
