import type * as tf from "@tensorflow/tfjs";
import type { Thread } from "../../backends/threads/thread.ts";
import { checkImages, numericTypes } from "../check_images.ts";
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
      checkImages("embed images", model, images, numericTypes);
      const sent = sendTensor(images);
      const questions = threads.map((thread) => thread.unanswered());
      const idlest = questions.indexOf(Math.min(...questions));
      const thread = threads[idlest]!;
      const teach = async () => {
        if (known[idlest] === network) return;
        known[idlest] = network;
        try {
          await thread.ask("learn", network);
        } catch (error) {
          if (known[idlest] === network) known[idlest] = undefined;
          throw error;
        }
      };
      const [, embeddings] = await Promise.all([
        teach(),
        thread.ask("embed", sent),
      ]);
      return receiveTensor(embeddings) as tf.Tensor2D;
    };
  };
}
