import * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { refuse } from "../../numeric/refuse.ts";
import { hostOf } from "./runtime/host.ts";
import { asWasmBackend, type WasmBackend } from "./runtime/tfjs_backend.ts";
import { isShared } from "./asm/memory.ts";
import { whyAlone } from "./threads/most_threads.ts";

export { mostThreads } from "./threads/most_threads.ts";

/** How many threads a setting or option may ask for; 1 is the calling one alone. */
export const threadNumbers = { type: "integer", min: 1, max: 256 } as const;

/** The 'wasm' backend, if it was started: asking tfjs for it by name would start it. */
export function presentBackend(): WasmBackend | undefined {
  const backend: unknown = tf.engine().registry.wasm;
  return backend ? asWasmBackend(backend) : undefined;
}

/** How many threads work inside the kernels of the wasm backend; 1 without one. */
export function threadsInUse(): number {
  const backend = presentBackend();
  return backend ? hostOf(backend).threads.count() : 1;
}

/** Why the wasm backend works on one thread, or nothing where it can have more. */
export function whyOneThread(): string | undefined {
  const backend = presentBackend();
  if (!backend || isShared(backend.wasm.asm.memory)) return undefined;
  return whyAlone() ?? "tfjs's module has a memory that cannot be shared";
}

/**
 * Says how many threads work inside the kernels of the wasm backend, from the next
 * call on. No result depends on it, to the last bit. Threads start when there is
 * work for them.
 *
 * @throws {RangeError} If it is no whole number from 1 to 256, or more than 1 where
 * the backend's memory cannot be shared.
 * @throws {Error} If the wasm backend has not been used yet.
 *
 * @example The same on one thread and on two
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { useBackend } from "../../mod.ts";
 *
 * await useBackend("wasm");
 * const x = tf.randomNormal<tf.Rank.R2>([500, 300], 0, 1, "float32", 1);
 * const product = () => tf.matMul(x, x, true).dataSync();
 * const all = product();
 * useThreads(1);
 * assert.deepEqual(product(), all);
 * ```
 */
export function useThreads(threads: number): void {
  const action = "use threads in the wasm backend";
  checkValue(action, "their number", threads, threadNumbers);
  const backend = presentBackend();
  if (!backend) {
    throw new Error(`Cannot ${action}: expected it to be ready, got none`);
  }
  const reason = threads > 1 && whyOneThread();
  if (reason) refuse(action, "1", `${threads}; ${reason}`);
  hostOf(backend).threads.use(threads);
}
