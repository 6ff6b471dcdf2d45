import { startThread } from "../../backends/threads/thread.ts";
import { networkEmbed } from "../embed.ts";
import { createEmbedBy, type EmbedBy } from "./embed_by.ts";
import type { Embedder } from "./embedder.ts";

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
 * @throws {RangeError} If the number of threads is not a whole number above 0; and
 * from an `embed` function as `networkEmbed`.
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
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(
      `Cannot embed with threads: expected a whole number above 0, got ${threads}`,
    );
  }
  if (threads === 1) return await use(networkEmbed);
  const started = Array.from(
    { length: threads },
    (_, i) =>
      startThread<Embedder>({
        program: new URL("./worker.ts", import.meta.url),
        assignment: undefined,
        doing: "embedding",
        name: `thread ${i + 1} of ${threads}`,
      }),
  );
  try {
    await Promise.all(started.map(({ ready }) => ready));
    return await use(createEmbedBy(started));
  } finally {
    for (const thread of started) thread.end();
  }
}
