import * as tf from "@tensorflow/tfjs";
import { threadsInUse, useThreads } from "../../backends/wasm/use_threads.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkSettings } from "../settings/check.ts";
import type { Settings } from "../settings/schema.ts";
import { threadsAmong } from "../settings/one_name.ts";

/**
 * How many threads a run uses: as many as the settings say, or else those of the
 * present backend.
 *
 * @throws {RangeError} If the settings say a number that cannot be, two numbers, or
 * more than one on another backend than wasm, unless that backend was taken as "auto".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * assert.equal(threadsFor({}), 1);
 * assert.throws(() => threadsFor({ threads: 2 }), {
 *   message:
 *     "Cannot train with 2 threads: expected the backend wasm, or one thread, got cpu",
 * });
 * ```
 */
export function threadsFor(
  { threads, workers, backend: asked }:
    & Pick<Settings, "threads" | "workers">
    & Partial<Pick<Settings, "backend">>,
): number {
  checkSettings("train", { threads, workers });
  const wanted = threadsAmong("train", { threads, workers });
  const backend = tf.getBackend();
  if (backend === "wasm") return wanted ?? threadsInUse();
  if (wanted !== undefined && wanted > 1 && asked !== "auto") {
    const action = `train with ${wanted} threads`;
    refuse(action, "the backend wasm, or one thread", backend);
  }
  return 1;
}

/**
 * Lets a number of threads work inside the kernels, as {@linkcode threadsFor} gave it.
 *
 * @returns What gives the backend the number that it had before, once.
 */
export function lendThreads(threads: number): () => void {
  const former = tf.getBackend() === "wasm" ? threadsInUse() : threads;
  if (threads === former) return () => {};
  useThreads(threads);
  let isLent = true;
  return () => {
    if (isLent) useThreads(former);
    isLent = false;
  };
}
