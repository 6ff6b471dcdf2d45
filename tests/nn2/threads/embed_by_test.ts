import * as tf from "@tensorflow/tfjs";
import { startThread } from "../../../lib/backends/threads/thread.ts";
import { createEmbedBy } from "../../../lib/nn2/threads/embed_by.ts";
import type { Embedder } from "../../../lib/nn2/threads/embedder.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

await tf.setBackend("cpu");

const startFailing = () =>
  startThread<Embedder>({
    program: new URL("./failing_embedder.ts", import.meta.url),
    assignment: undefined,
    doing: "embedding",
    name: "thread 1 of 1",
  });

function network(name: string): tf.LayersModel {
  const layers = [tf.layers.flatten({ name, inputShape: [1, 1, 2] })];
  return tf.sequential({ layers });
}

permittedTest(
  "a thread that fails to learn a network is taught it again",
  ["read"],
  async () => {
    const thread = startFailing();
    const embedBy = createEmbedBy([thread]);
    const [embed, embedOther] = ["unknown", "other"].map((name) =>
      embedBy(network(name))
    );
    const values = async (given: ReturnType<NonNullable<typeof embed>>) =>
      (await given).arraySync();
    const images = tf.ones<tf.Rank.R4>([3, 1, 1, 2]);
    await assertRejects(
      () => values(embed!(images)),
      RangeError,
      "no such layer",
    );
    assertEquals(await values(embed!(images)), [[3, "unknown".length]]);
    assertEquals(await values(embedOther!(images)), [[3, "other".length]]);
    thread.end();
  },
);

permittedTest(
  "a thread that dies while it embeds says so, then and later",
  ["read"],
  async () => {
    const embed = createEmbedBy([startFailing()])(network("dies"));
    const images = tf.ones<tf.Rank.R4>([3, 1, 1, 2]);
    for (let time = 0; time < 2; time++) {
      await assertRejects(
        () => embed(images) as Promise<unknown>,
        Error,
        "Cannot go on embedding: expected an answer of thread 1 of 1, got its end (exit code 3)",
      );
    }
  },
);
