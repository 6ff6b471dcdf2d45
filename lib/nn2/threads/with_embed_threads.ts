import { startThread, type Thread } from "../../backends/threads/thread.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { networkEmbed } from "../embed.ts";
import { createEmbedBy, type EmbedBy } from "./embed_by.ts";
import type { Embedder } from "./embedder.ts";

/** As many as `workers` may be among the settings of a training. */
const mostWorthwhile = 1000;

/**
 * Lends threads that embed images, each with its own copy of a network on the wasm
 * backend. They take whole batches, as many at once as there are threads, so an
 * embedding is the same bits however many there are.
 *
 * @param threads How many; starting them takes about a second. With 1, it is
 * `networkEmbed`: this thread, on the present backend.
 * @param use Is given a function from networks to `embed` functions, which the
 * threads end with. A network is taken as it is then, and has layers of
 * TensorFlow.js or of this library.
 * @returns What `use` returns.
 * @throws {RangeError} If the number of threads is not a whole number from 1 to 1000;
 * and from an `embed` function as `networkEmbed`.
 * @throws {Error} From an `embed` function, once a thread has died.
 * @throws {Deno.errors.NotCapable} If the program may not read this library.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layers = [tf.layers.flatten({ inputShape: [2, 2, 1] })];
 * const model = tf.sequential({ layers });
 * const embeddings = await withEmbedThreads(
 *   1,
 *   (embedBy) => embedBy(model)(tf.ones([3, 2, 2, 1])),
 * );
 * assert.deepEqual(embeddings.shape, [3, 4]);
 * ```
 */
export async function withEmbedThreads<T>(
  threads: number,
  use: (embedBy: EmbedBy) => T | Promise<T>,
): Promise<T> {
  checkWhole("embed", "threads", threads, 1, mostWorthwhile);
  if (threads === 1) return await use(networkEmbed);
  const started: Thread<Embedder>[] = [];
  try {
    for (let i = 1; i <= threads; i++) {
      started.push(startThread<Embedder>({
        program: new URL("./worker.ts", import.meta.url),
        assignment: undefined,
        doing: "embedding",
        name: `thread ${i} of ${threads}`,
      }));
    }
    await Promise.all(started.map(({ ready }) => ready));
    return await use(createEmbedBy(started));
  } finally {
    for (const thread of started) thread.end();
  }
}
