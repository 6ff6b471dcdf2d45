import * as tf from "@tensorflow/tfjs";
import type { Gather } from "../../backends/divided_batch.ts";
import type { Part } from "./parts.ts";

/**
 * The embeddings of the whole batch, from those of this thread's part of it. The
 * gradient it passes on is the part's: every thread computes the whole loss, and
 * of its gradient the rows that are its own.
 *
 * @param embeddings `[part, n]`; stay the caller's.
 * @param parts Of the batch, by thread; `rank` is this one's.
 * @returns `[batch, n]`; the caller disposes it.
 */
export function shareEmbeddings(
  embeddings: tf.Tensor2D,
  { gather, parts, rank }: { gather: Gather; parts: Part[]; rank: number },
): tf.Tensor2D {
  const count = parts.at(-1)!.end;
  const most = Math.max(...parts.map(({ start, end }) => end - start));
  const share = tf.customGrad((...given) => {
    const [own] = given as [tf.Tensor2D];
    const [rows, n] = own.shape;
    const values = new Float64Array(most * n);
    values.set(own.dataSync());
    const all = new Float32Array(count * n);
    gather(values).take().forEach((part, thread) => {
      const { start, end } = parts[thread]!;
      all.set(part.subarray(0, (end - start) * n), start * n);
    });
    const first = parts[rank]!.start;
    const gradFunc = (dy: tf.Tensor) => tf.slice(dy, [first, 0], [rows, n]);
    return { value: tf.tensor2d(all, [count, n]), gradFunc };
  });
  return share(embeddings) as tf.Tensor2D;
}
