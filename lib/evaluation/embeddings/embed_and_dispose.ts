import * as tf from "@tensorflow/tfjs";
import type { Embed } from "./embed_images.ts";

/**
 * Embeds images, and disposes them and what `embed` allocates besides its result,
 * until it returns or first awaits something.
 *
 * @param images Are disposed in any case.
 * @returns The caller disposes it.
 */
export async function embedAndDispose(
  embed: Embed,
  images: tf.Tensor4D,
): Promise<tf.Tensor2D> {
  const held: tf.Tensor[] = [images];
  let promised: Promise<tf.Tensor2D> | undefined;
  let result: tf.Tensor2D | undefined;
  try {
    const made = tf.tidy(() => {
      const given = embed(images);
      if (!(given instanceof Promise)) return [given];
      promised = given;
      // It may need all that is there until it is fulfilled.
      return [...tf.engine().state.activeScope.track];
    });
    if (promised) held.push(...made);
    result = promised ? await promised : made[0] as tf.Tensor2D;
    return result;
  } finally {
    tf.dispose(held.filter((tensor) => tensor !== result));
  }
}
