/**
 * How many threads are worth starting: one for each core, or 1 if the program may
 * not read this library's files, without which no thread can start.
 */
export function mostThreads(): number {
  const path = new URL("./serve.ts", import.meta.url);
  const { state } = Deno.permissions.querySync({ name: "read", path });
  return state === "granted" ? navigator.hardwareConcurrency : 1;
}
