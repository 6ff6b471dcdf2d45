import * as tf from "@tensorflow/tfjs";
import { divideBatch } from "../../../lib/training/team/parts.ts";
import { shareEmbeddings } from "../../../lib/training/team/share_embeddings.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("shareEmbeddings() joins the parts by rank and passes on its own gradient", async () => {
  await tf.setBackend("cpu");
  const parts = divideBatch(5, 2);
  const rows = [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]];
  // What the threads of two and of three rows exchange, padded to one length.
  const exchanged = [
    Float64Array.of(1, 2, 3, 4, 0, 0),
    Float64Array.of(5, 6, 7, 8, 9, 10),
  ];
  for (const [rank, { start, end }] of parts.entries()) {
    const own = tf.tensor2d(rows.slice(start, end));
    const gather = (values: Float64Array) => {
      assertEquals(values, exchanged[rank]);
      return { isComplete: () => true, take: () => exchanged };
    };
    const before = tf.memory().numTensors;
    const { value, grad } = tf.valueAndGrad((x) => {
      const all = shareEmbeddings(x as tf.Tensor2D, { gather, parts, rank });
      assertEquals(all.arraySync(), rows);
      // The gradient of each number is twice the number.
      return tf.sum(tf.square(all));
    })(own);
    assertEquals(
      grad.arraySync(),
      rows.slice(start, end).map((row) => row.map((x) => 2 * x)),
    );
    tf.dispose([value, grad]);
    assertEquals(tf.memory().numTensors, before);
    own.dispose();
  }
});
