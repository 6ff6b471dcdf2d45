import type * as tf from "@tensorflow/tfjs";
import type { Thread } from "../../backends/threads/thread.ts";
import { type Embedder, sendNetwork } from "./embedder.ts";
import { receiveTensor, sendTensor } from "./sent_tensor.ts";

/**
 * A network as it is now, as a function from images
 * `[batch, size, size, channels]` to embeddings `[batch, n]`; its caller disposes
 * the result.
 */
export type EmbedBy = (
  model: tf.LayersModel,
) => (images: tf.Tensor4D) => tf.Tensor2D | Promise<tf.Tensor2D>;

/**
 * Lets threads embed images: the one with the least to do takes a whole batch. So an
 * embedding is the same bits whichever thread makes it.
 */
export function createEmbedBy(threads: readonly Thread<Embedder>[]): EmbedBy {
  const known = threads.map((): unknown => undefined);
  return (model) => {
    const network = sendNetwork(model);
    return async (images) => {
      const open = threads.map((thread) => thread.open());
      const idlest = open.indexOf(Math.min(...open));
      const thread = threads[idlest]!;
      const learned = known[idlest] === network
        ? undefined
        : thread.ask("learn", network);
      known[idlest] = network;
      const [embeddings] = await Promise.all([
        thread.ask("embed", sendTensor(images)),
        learned,
      ]);
      return receiveTensor(embeddings) as tf.Tensor2D;
    };
  };
}
