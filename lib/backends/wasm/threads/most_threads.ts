/** Why no thread can start here, or nothing where some can. */
export function whyAlone(): string | undefined {
  if (typeof SharedArrayBuffer === "undefined" || isNotIsolated()) {
    return "there is no memory that threads can share here";
  }
  if (typeof process === "undefined" || !process.getBuiltinModule) {
    return "this runtime has no threads that can wait";
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
  const path = new URL("../worker.ts", import.meta.url);
  if (typeof Deno === "undefined" || path.protocol !== "file:") return true;
  return Deno.permissions.querySync({ name: "read", path }).state === "granted";
}

/** How many threads are worth starting here: one for each core, or 1. */
export function mostThreads(): number {
  return whyAlone() === undefined ? navigator.hardwareConcurrency : 1;
}
