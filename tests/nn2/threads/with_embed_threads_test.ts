import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { networkEmbed } from "../../../lib/nn2/embed.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { withEmbedThreads } from "../../../lib/nn2/threads/with_embed_threads.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

function batch(count: number, seed: number): tf.Tensor4D {
  const shape: [number, number, number, number] = [count, 28, 28, 1];
  return tf.randomUniform(shape, 0, 1, "float32", seed);
}

permittedTest(
  "withEmbedThreads() gives the bits of networkEmbed(), network by network and batch by batch",
  ["read"],
  async () => {
    await useBackend("wasm");
    const models = [
      createNN2({ embeddingSize: 8, seed: 1 }),
      createNN2({ embeddingSize: 8, seed: 1 }),
      createNN2({ embeddingSize: 3, normalization: "lrn", seed: 2 }),
    ];
    // The same layers as the first one's, other weights.
    const moved = models[1]!.getWeights().map((weight) => tf.mul(weight, 1.01));
    models[1]!.setWeights(moved);
    const whole = tf.ones<tf.Rank.R4>([2, 28, 28, 1], "int32");
    const batches = [batch(3, 1), batch(1, 2), batch(4, 3), whole];
    const all = models.flatMap((_, network) =>
      batches.map((_, images) => ({ network, images }))
    );
    const held = tf.memory().numTensors;
    const embedAll = (threads: number) =>
      withEmbedThreads(threads, async (embedBy) => {
        const embeds = models.map(embedBy);
        const made = await Promise.all(
          all.map(({ network, images }) => embeds[network]!(batches[images]!)),
        );
        const rows = made.map((each) => each.arraySync());
        tf.dispose(made);
        return rows;
      });
    const alone = await embedAll(1);
    assert(`${alone[0]}` !== `${alone[batches.length]}`);
    for (const threads of [2, 3]) {
      assertEquals(await embedAll(threads), alone);
    }
    assertEquals(tf.memory().numTensors, held);
  },
);

permittedTest(
  "withEmbedThreads() embeds by networks that are frozen in parts or whole",
  ["read"],
  async () => {
    await useBackend("wasm");
    const model = createNN2({ embeddingSize: 2, seed: 1 });
    const images = batch(2, 1);
    const expected = networkEmbed(model)(images).arraySync();
    const ways = [
      () => model.layers[1]!.weights[0]!.trainable = false,
      () => model.layers.slice(0, 40).forEach((l) => l.trainable = false),
      () => model.trainable = false,
    ];
    await withEmbedThreads(2, async (embedBy) => {
      for (const freeze of ways) {
        freeze();
        const embeddings = await embedBy(model)(images);
        assertEquals(embeddings.arraySync(), expected);
      }
    });
  },
);

permittedTest(
  "withEmbedThreads() embeds by a network as it was when it was given",
  ["read"],
  async () => {
    await useBackend("wasm");
    const model = createNN2({ embeddingSize: 2, seed: 1 });
    const images = batch(2, 1);
    const before = networkEmbed(model)(images).arraySync();
    await withEmbedThreads(2, async (embedBy) => {
      const embed = embedBy(model);
      model.setWeights(model.getWeights().map((weight) => tf.neg(weight)));
      assertEquals((await embed(images)).arraySync(), before);
      const now = networkEmbed(model)(images).arraySync();
      assert(`${now}` !== `${before}`);
      assertEquals((await embedBy(model)(images)).arraySync(), now);
    });
  },
);

permittedTest(
  "withEmbedThreads() passes on what a thread throws, and goes on",
  ["read"],
  async () => {
    await useBackend("wasm");
    const model = createNN2({ embeddingSize: 2, seed: 1 });
    const tooLarge = tf.ones<tf.Rank.R4>([1, 224, 224, 3]);
    let kept: (images: tf.Tensor4D) => unknown;
    await withEmbedThreads(2, async (embedBy) => {
      const embed = kept = embedBy(model);
      const refuse = () => embed(tooLarge) as Promise<unknown>;
      const refused = [1, 2, 3].map(() =>
        assertRejects(refuse, Error, "shape")
      );
      await Promise.all(refused);
      assertEquals((await embed(batch(1, 1))).shape, [1, 2]);
    });
    await assertRejects(
      () => kept(batch(1, 1)) as Promise<unknown>,
      Error,
      "got its end, as it was told",
    );
  },
);

Deno.test("withEmbedThreads() refuses a number of threads that cannot be", async () => {
  for (const threads of [0, 1.5, -1, NaN, 1e9]) {
    await assertRejects(
      () => withEmbedThreads(threads, () => {}),
      RangeError,
      `expected threads to be a whole number from 1 to 1000, got ${threads}`,
    );
  }
});
