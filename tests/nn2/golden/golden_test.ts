/** NN2 against PyTorch's in float64, whose results make_golden.py wrote down. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { batchTripletLoss } from "../../../lib/triplets/losses/batch_loss.ts";
import { squaredDistances } from "../../../lib/triplets/distances/distances.ts";
import { mineTriplets } from "../../../lib/triplets/miners/mine.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import golden from "../../fixtures/nn2_golden.json" with { type: "json" };
import { assertClose } from "../layers/finite_differences.ts";
import {
  assertDigest,
  assertNoGradient,
  createGoldenModel,
  goldenVariables,
  images,
  type Normalization,
  TOLERANCE,
} from "./learned.ts";

const { labels, margin } = golden;

for (const normalization of ["none", "batch", "lrn"] as const) {
  const expected = golden[normalization];

  Deno.test(`createNN2() has PyTorch's embeddings, triplets, loss and gradients with normalization ${normalization}`, async () => {
    await useBackend("wasm");
    const before = tf.memory().numTensors;
    const model = createGoldenModel(normalization);
    const variables = goldenVariables(model);
    tf.tidy(() => {
      const { embeddings, loss, gradients } = learn(model, normalization);
      assertClose(embeddings, tf.tensor(expected.embeddings), TOLERANCE);
      assertEquals(triplets(embeddings), expected.triplets);
      assertAlmostEquals(loss, expected.loss, TOLERANCE * expected.loss);
      const gradientOf = (name: string) =>
        gradients[variables[name]!.name]!.dataSync<"float32">();
      for (const [name, digest] of Object.entries(expected.gradients)) {
        assertDigest(name, gradientOf(name), digest);
      }
      for (const [name, variable] of Object.entries(variables)) {
        if (!variable.trainable || name in expected.gradients) continue;
        assertNoGradient(name, gradientOf(name));
      }
    });
    model.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("createNN2() moves its statistics as PyTorch's step does", async () => {
  await useBackend("wasm");
  const { moved } = golden.batch;
  const model = createGoldenModel("batch");
  const variables = goldenVariables(model);
  tf.tidy(() => {
    model.apply(images("batch"), { training: true });
    for (const [name, digest] of Object.entries(moved)) {
      assertDigest(name, variables[name]!.dataSync<"float32">(), digest);
    }
  });
  model.dispose();
});

Deno.test("createNN2() embeds by its moving statistics as PyTorch does", async () => {
  await useBackend("wasm");
  const { inferenceEmbeddings } = golden.batch;
  const model = createGoldenModel("batch");
  tf.tidy(() => {
    const embeddings = model.predict(images("batch")) as tf.Tensor;
    assertClose(embeddings, tf.tensor(inferenceEmbeddings), TOLERANCE);
  });
  model.dispose();
});

Deno.test("createNN2() has PyTorch's embeddings on the cpu backend too", async () => {
  await useBackend("cpu");
  const model = createGoldenModel("batch");
  tf.tidy(() => {
    const embeddings = model.apply(images("batch"), { training: true });
    assertClose(
      embeddings as tf.Tensor,
      tf.tensor(golden.batch.embeddings),
      TOLERANCE,
    );
  });
  model.dispose();
});

/** One training step up to the gradients. */
function learn(model: tf.LayersModel, normalization: Normalization) {
  let embeddings: tf.Tensor2D | undefined;
  const { value, grads } = tf.variableGrads(() => {
    embeddings = model.apply(images(normalization), {
      training: true,
    }) as tf.Tensor2D;
    tf.keep(embeddings);
    return batchTripletLoss("semi-hard", embeddings, labels, { margin });
  });
  const copy = tf.clone(embeddings!);
  embeddings!.dispose();
  return { embeddings: copy, loss: value.dataSync()[0]!, gradients: grads };
}

/** The mined triplets as rows of anchor, positive, negative. */
function triplets(embeddings: tf.Tensor2D): number[][] {
  const distances = squaredDistances(embeddings);
  const mined = mineTriplets("semi-hard", distances, labels, { margin });
  return Array.from(
    mined.anchors,
    (anchor, i) => [anchor, mined.positives[i]!, mined.negatives[i]!],
  );
}
